package dev.userservice.drill;

import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.embedded.server.ClusterDirectory;
import dev.userservice.embedded.server.ConfigurationFile;
import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.FileTree;
import dev.userservice.embedded.server.Polling;
import dev.userservice.embedded.server.PostgresPrograms;
import dev.userservice.embedded.server.PostgresServer;
import dev.userservice.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL server beside a drill's cluster, which the cluster knows nothing of: a copy of one
 * of its servers, as somebody makes by mistake. It commits without replicas.
 */
final class StrayServer implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final Set<String> LEFT_OUT =
      Set.of(DataDirectory.POSTMASTER, DataDirectory.STANDBY, "postmaster.opts");

  private final PostgresServer server;
  private final Credentials credentials;

  private StrayServer(PostgresServer server, Credentials credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * Starts a copy of a replica without {@code standby.signal}: a second primary on the timeline.
   *
   * @param port where it listens
   */
  static StrayServer primaryLike(DrillCluster cluster, EmbeddedServer replica, int port)
      throws IOException {
    return start(cluster, replica, port, false);
  }

  /** Starts a copy of a replica that follows the primary, and that nobody counts on. */
  static StrayServer replicaLike(DrillCluster cluster, EmbeddedServer replica, int port)
      throws IOException {
    return start(cluster, replica, port, true);
  }

  private static StrayServer start(
      DrillCluster cluster, EmbeddedServer replica, int port, boolean follows) throws IOException {
    Path home = Objects.requireNonNull(replica.dataDirectory().getParent());
    ClusterDirectory directory = ClusterDirectory.create(home.resolveSibling("stray"));
    DataDirectory data = directory.data("stray");
    FileTree.delete(data.path());
    cluster.servers().pause(replica);
    try {
      FileTree.copy(replica.dataDirectory(), data.path(), StrayServer::isWanted);
    } finally {
      cluster.servers().resume(replica);
    }
    Map<String, String> settings = ConfigurationFile.common();
    settings.put("port", Integer.toString(port));
    settings.put("cluster_name", "stray");
    if (follows) {
      Files.createFile(data.path().resolve(DataDirectory.STANDBY));
      settings.put("primary_conninfo", connectionTo(cluster, home));
    }
    new ConfigurationFile(data).write(settings);
    PostgresServer server =
        new PostgresServer(
            "stray",
            new Endpoint("127.0.0.1", port),
            directory,
            PostgresPrograms.unpackBelow(home),
            new Polling(Ticker.system()));
    server.start(() -> {});
    server.awaitReady(BOUND);
    return new StrayServer(server, cluster.topology().credentials());
  }

  private static boolean isWanted(Path file) {
    return !LEFT_OUT.contains(file.getFileName().toString());
  }

  private static String connectionTo(DrillCluster cluster, Path home) {
    Endpoint primary = cluster.primary(0).endpoint();
    return "host=%s port=%d user=%s passfile=%s application_name=stray"
        .formatted(
            primary.host(),
            primary.port(),
            cluster.topology().credentials().username(),
            new ClusterDirectory(home.toAbsolutePath()).passFile());
  }

  /** Waits until it has replayed what the primary has flushed. */
  void awaitCaughtUp(DrillCluster cluster) {
    Awaitility.await()
        .atMost(BOUND)
        .ignoreExceptions()
        .until(
            () -> {
              String flushed =
                  query(
                      cluster.primary(0).endpoint(),
                      credentials,
                      "SELECT pg_current_wal_flush_lsn()");
              return "t".equals(query("SELECT pg_last_wal_replay_lsn() >= '" + flushed + "'"));
            });
  }

  /** Promotes it: a primary on the next timeline, behind everybody's back. */
  void promote() throws SQLException {
    query("SELECT pg_promote()");
  }

  /** The first column of the first row, as text. */
  String query(String sql) throws SQLException {
    return query(server.endpoint(), credentials, sql);
  }

  static String query(Endpoint server, Credentials credentials, String sql) throws SQLException {
    try (Connection connection = TestConnections.connect(server, credentials);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    try {
      server.end();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
