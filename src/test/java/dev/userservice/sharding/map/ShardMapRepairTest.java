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
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the leader puts right in the running service's databases. */
@QuarkusTest
final class ShardMapRepairTest {

  @Inject ShardMapRepair repair;
  @Inject ReplicationGroups groups;
  @Inject Election election;

  @Test
  void aCopyOfTheShardMapThatStayedBehindIsBroughtUp() throws Exception {
    List<ReplicationGroup> shards = groups.all();
    execute(shards.get(0), "UPDATE shard_identity SET epoch = epoch + 1");
    String newest = execute(shards.get(0), "UPDATE shard_identity SET epoch = epoch");
    Leadership leadership = FreshDatabase.leadership(election.leader().orElseThrow().epoch());
    repair.run(leadership);
    assertThat(epoch(shards.get(1))).isEqualTo(Long.parseLong(newest));
  }

  private static long epoch(ReplicationGroup group) throws SQLException {
    return Long.parseLong(execute(group, "UPDATE shard_identity SET epoch = epoch"));
  }

  private static String execute(ReplicationGroup group, String update) throws SQLException {
    try (Connection connection =
            group
                .primary()
                .orElseThrow()
                .writes()
                .unpooled("test", Duration.ofSeconds(30))
                .getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(update + " RETURNING epoch")) {
      row.next();
      return row.getString(1);
    }
  }
}
