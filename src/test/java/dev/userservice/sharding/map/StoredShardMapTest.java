package dev.userservice.sharding.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.vote.FreshDatabase;
import dev.userservice.sharding.schema.SchemaMigrationTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shard's copy of the map in a real database. */
final class StoredShardMapTest {

  private final UUID cluster = UUID.randomUUID();
  private final ShardMap first = ShardMap.even(cluster, 4096, 2);
  private FreshDatabase database;

  @BeforeEach
  void create() throws Exception {
    database = new FreshDatabase().withElection();
    SchemaMigrationTest.migration(database).run(FreshDatabase.leadership(1));
    try (Connection connection = database.connect()) {
      assertThat(new StoredShardMap(1, first).writeIfAbsent(connection)).isTrue();
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aNewerMapOfTheClusterReplacesTheCopy() throws SQLException {
    int[] owners = first.owners();
    owners[17] = 1 - owners[17];
    ShardMap newer = new ShardMap(cluster, 5, owners);
    assertThat(replaced(newer)).isTrue();
    assertThat(stored()).usingRecursiveComparison().isEqualTo(newer);
    assertThat(replaced(newer)).isFalse();
  }

  @Test
  void aCopyThatHasChangedSinceItWasReadIsKept() throws SQLException {
    ShardMap read = stored();
    assertThat(replaced(new ShardMap(cluster, 2, first.owners()))).isTrue();
    try (Connection connection = database.connect()) {
      assertThat(
              new StoredShardMap(1, new ShardMap(cluster, 3, first.owners()))
                  .replace(read, connection))
          .isFalse();
    }
    assertThat(stored().epoch()).isEqualTo(2);
  }

  @Test
  void anOlderMapOrAnotherClustersReplacesNothing() throws SQLException {
    assertThat(replaced(new ShardMap(cluster, 5, first.owners()))).isTrue();
    ShardMap kept = stored();
    assertThat(replaced(new ShardMap(cluster, 4, first.owners()))).isFalse();
    assertThat(replaced(new ShardMap(UUID.randomUUID(), 9, first.owners()))).isFalse();
    assertThat(stored()).usingRecursiveComparison().isEqualTo(kept);
  }

  private boolean replaced(ShardMap map) throws SQLException {
    try (Connection connection = database.connect()) {
      return new StoredShardMap(1, map).replace(stored(), connection);
    }
  }

  private ShardMap stored() throws SQLException {
    try (Connection connection = database.connect()) {
      return StoredShardMap.read(connection).orElseThrow().map();
    }
  }
}
