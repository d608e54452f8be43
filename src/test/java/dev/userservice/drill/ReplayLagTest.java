package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.userservice.TestCluster;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplayLagTest {

  private static final String DELAY = "recovery_min_apply_delay";

  private final String table = "lag_" + System.nanoTime();
  private final ReplayLag lag = new ReplayLag(TestCluster.topology().credentials());
  private final Endpoint primary = server(true);
  private final Endpoint replica = server(false);

  @BeforeEach
  void makeTable() throws SQLException {
    query(primary, "CREATE TABLE " + table + " (id int); SELECT 0");
    await()
        .until(
            () ->
                query(replica, "SELECT count(*) FROM pg_class WHERE relname = '" + table + "'")
                    == 1);
  }

  @AfterEach
  void catchUp() throws SQLException {
    lag.end(replica);
    query(primary, "DROP TABLE " + table + "; SELECT 0");
  }

  @Test
  void pausedReplicaConfirmsAWriteAndShowsItWhenResumed() throws SQLException {
    lag.pause(replica);
    long written = insert();
    await().until(() -> query(replica, received(written)) == 1);
    assertThat(shown()).isZero();
    lag.resume(replica);
    await().until(() -> shown() == 1);
  }

  @Test
  void delayedReplicaShowsAWriteLater() throws SQLException {
    lag.delay(replica, Duration.ofMillis(500));
    await()
        .until(() -> query(replica, "SELECT 1 WHERE current_setting('" + DELAY + "') <> '0'") == 1);
    long begin = System.nanoTime();
    insert();
    await().pollInterval(Duration.ofMillis(20)).until(() -> shown() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(450));
  }

  private long insert() throws SQLException {
    query(primary, "INSERT INTO " + table + " VALUES (1); SELECT 0");
    return query(primary, "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint");
  }

  private static String received(long position) {
    return "SELECT count(*) FROM pg_stat_wal_receiver WHERE flushed_lsn - '0/0' >= " + position;
  }

  private long shown() throws SQLException {
    return query(replica, "SELECT count(*) FROM " + table);
  }

  private static long query(Endpoint server, String sql) throws SQLException {
    try (Connection connection =
            TestConnections.connect(server, TestCluster.topology().credentials());
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet row = statement.getResultSet()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static Endpoint server(boolean primary) {
    return TestCluster.cluster().servers().stream()
        .filter(server -> server.primary() == primary)
        .map(EmbeddedServer::endpoint)
        .findFirst()
        .orElseThrow();
  }
}
