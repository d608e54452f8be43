package dev.userservice.user.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The leader of the running service forgets old answers, on every shard. */
@QuarkusTest
final class IdempotencyExpiryTest {

  @Inject ReplicationGroups groups;

  @Test
  void answersOlderThanTheRetentionAreRemoved() throws SQLException {
    String operation = "test " + UUID.randomUUID();
    for (ReplicationGroup group : groups.all()) {
      query(group, keep(operation, 2500, "25 hours"));
      query(group, keep(operation + " young", 10, "23 hours"));
    }
    for (ReplicationGroup group : groups.all()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> query(group, count(operation)) == 0);
      assertThat(query(group, count(operation + " young"))).isEqualTo(10);
    }
  }

  private static String keep(String operation, int keys, String age) {
    return """
    WITH kept AS (
      INSERT INTO idempotency_key (operation, key, slot, request, user_id, answer, created_at)
      SELECT '%s', n::text, 0, '', 1, '{}', now() - interval '%s' FROM generate_series(1, %d) n
      RETURNING 1)
    SELECT count(*) FROM kept
    """
        .formatted(operation, age, keys);
  }

  private static String count(String operation) {
    return "SELECT count(*) FROM idempotency_key WHERE operation = '%s'".formatted(operation);
  }

  private static int query(ReplicationGroup group, String sql) throws SQLException {
    try (Connection connection =
            group
                .primary()
                .orElseThrow()
                .writes()
                .unpooled("test", Duration.ofSeconds(30))
                .getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
