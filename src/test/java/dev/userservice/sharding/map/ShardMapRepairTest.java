package dev.userservice.sharding.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.Election;
import dev.userservice.election.vote.FreshDatabase;
import dev.userservice.leader.Leadership;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the leader puts right in the running service's databases. */
@QuarkusTest
final class ShardMapRepairTest {

  private static final String RAISE = "UPDATE shard_identity SET epoch = epoch + 1 RETURNING epoch";
  private static final String EPOCH = "SELECT epoch FROM shard_identity";
  private static final String OWNER = "SELECT shard FROM shard_map WHERE slot = ";

  @Inject ShardMapRepair repair;
  @Inject ReplicationGroups groups;
  @Inject Election election;

  @Test
  void aCopyOfTheShardMapThatStayedBehindIsBroughtUp() throws Exception {
    long newest = number(0, RAISE);
    repairNow();
    assertThat(number(1, EPOCH)).isEqualTo(newest);
  }

  @Test
  void aShardLosesASlotToTheNewestMapButIsGivenNone() throws Exception {
    repairNow();
    long slot = number(0, "SELECT min(slot) FROM shard_map WHERE shard = 0");
    long before = number(1, EPOCH);
    give(0, slot, 1);
    repairNow();
    assertThat(number(1, EPOCH)).isEqualTo(before);
    assertThat(number(1, OWNER + slot)).isZero();

    give(1, slot, 1);
    long newest = give(0, slot, 0);
    repairNow();
    assertThat(number(1, EPOCH)).isEqualTo(newest);
    assertThat(number(1, OWNER + slot)).isZero();
  }

  /** Changes a shard's copy of the map, as the transaction does that moves a slot's users. */
  private long give(int shard, long slot, int owner) throws SQLException {
    number(
        shard,
        "UPDATE shard_map SET shard = %d WHERE slot = %d RETURNING slot".formatted(owner, slot));
    return number(shard, RAISE);
  }

  private void repairNow() throws Exception {
    Leadership leadership = FreshDatabase.leadership(election.leader().orElseThrow().epoch());
    repair.run(leadership);
  }

  private long number(int shard, String statement) throws SQLException {
    ReplicationGroup group = groups.all().get(shard);
    try (Connection connection =
            group
                .primary()
                .orElseThrow()
                .writes()
                .unpooled("test", Duration.ofSeconds(30))
                .getConnection();
        Statement execution = connection.createStatement();
        ResultSet row = execution.executeQuery(statement)) {
      row.next();
      return row.getLong(1);
    }
  }
}
