package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.TestConnections;
import dev.userservice.datasource.Endpoint;
import dev.userservice.datasource.EndpointConnections;
import dev.userservice.embedded.EmbeddedCluster;
import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.embedded.EmbeddedSettings;
import dev.userservice.wal.LogPosition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the service writes down of a promotion, held against PostgreSQL's own history file. */
final class TimelineBeginsTest {

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS timeline_begin (timeline int PRIMARY KEY, began_at pg_lsn)";
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String STREAMING =
      "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'";
  private static final String HISTORY =
      """
      SELECT split_part(line, E'\\t', 2)
      FROM (SELECT max(name) AS name FROM pg_ls_waldir() WHERE name LIKE '%.history') newest,
           regexp_split_to_table(pg_read_file('pg_wal/' || newest.name), E'\\n') line
      WHERE line ~ '^[0-9]' ORDER BY split_part(line, E'\\t', 1)::int DESC LIMIT 1
      """;

  @Test
  void aPromotionIsWrittenDownAsPostgresRecordsIt() throws Exception {
    EmbeddedSettings settings = EmbeddedSettings.in(Path.of("target/test-timelines")).sized(1, 2);
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings)) {
      EmbeddedServer first = primary(cluster);
      execute(cluster, first, TABLE);
      Awaitility.await().atMost(BOUND).until(() -> query(cluster, first, STREAMING).equals("2"));
      cluster.kill(first);
      Awaitility.await()
          .atMost(BOUND)
          .until(() -> !primary(cluster).endpoint().equals(first.endpoint()));
      EmbeddedServer promoted = primary(cluster);
      SortedMap<Integer, Long> begins = recordAndRead(cluster, promoted.endpoint());
      String recorded = query(cluster, promoted, HISTORY);
      assertThat(begins.get(begins.lastKey())).isEqualTo(LogPosition.parseLsn(recorded));
    }
  }

  private static SortedMap<Integer, Long> recordAndRead(EmbeddedCluster cluster, Endpoint endpoint)
      throws Exception {
    try (EndpointConnections connections =
        TestGroups.CONNECTIONS.connections(endpoint, cluster.topology().credentials())) {
      return TimelineBegins.recordAndRead(connections.probes())
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }
  }

  private static EmbeddedServer primary(EmbeddedCluster cluster) {
    return cluster.servers().stream().filter(server -> server.primary()).findFirst().orElseThrow();
  }

  private static void execute(EmbeddedCluster cluster, EmbeddedServer server, String sql)
      throws SQLException {
    try (Connection connection =
            TestConnections.connect(server.endpoint(), cluster.topology().credentials());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedCluster cluster, EmbeddedServer server, String sql)
      throws SQLException {
    try (Connection connection =
            TestConnections.connect(server.endpoint(), cluster.topology().credentials());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
