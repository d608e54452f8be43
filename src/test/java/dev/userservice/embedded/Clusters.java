package dev.userservice.embedded;

import dev.userservice.embedded.server.FileTree;
import dev.userservice.embedded.server.PostgresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Helps the tests of this package to start and query clusters. */
final class Clusters {

  static final Duration BOUND = Duration.ofSeconds(20);

  private static final Path TESTS = Path.of("target", "embedded-tests").toAbsolutePath();

  private Clusters() {}

  /** An empty directory below {@code target} that a failed run leaves behind for inspection. */
  static Path emptyDirectory(String name) throws IOException {
    Path directory = TESTS.resolve(name);
    FileTree.delete(directory);
    return directory;
  }

  /** The same, but PostgreSQL is unpacked already: once for all tests. */
  static Path directory(String name) throws IOException {
    Path directory = emptyDirectory(name);
    FileTree.createPrivateDirectory(directory);
    Path programs = PostgresPrograms.unpackBelow(TESTS).home();
    Files.createSymbolicLink(directory.resolve(programs.getFileName()), programs);
    return directory;
  }

  static Connection connect(EmbeddedCluster cluster, EmbeddedServer server) throws SQLException {
    var credentials = cluster.topology().credentials();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.endpoint().host()});
    source.setPortNumbers(new int[] {server.endpoint().port()});
    source.setDatabaseName(credentials.database());
    source.setUser(credentials.username());
    source.setPassword(credentials.password());
    source.setConnectTimeout(2);
    source.setSocketTimeout(5);
    source.setSslMode("disable");
    return source.getConnection();
  }

  static List<String> query(EmbeddedCluster cluster, EmbeddedServer server, String sql)
      throws SQLException {
    try (Connection connection = connect(cluster, server);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  static void execute(EmbeddedCluster cluster, EmbeddedServer server, String sql)
      throws SQLException {
    try (Connection connection = connect(cluster, server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static EmbeddedServer primary(EmbeddedCluster cluster, int shard) {
    return cluster.servers().stream()
        .filter(server -> server.shard() == shard)
        .filter(server -> server.primary())
        .findFirst()
        .orElseThrow();
  }

  static List<EmbeddedServer> replicas(EmbeddedCluster cluster, int shard) {
    return cluster.servers().stream()
        .filter(server -> server.shard() == shard)
        .filter(server -> !server.primary())
        .toList();
  }

  static List<String> streaming(EmbeddedCluster cluster, int shard) throws SQLException {
    return query(
        cluster,
        primary(cluster, shard),
        "SELECT application_name FROM pg_stat_replication"
            + " WHERE state = 'streaming' AND sync_state = 'quorum' ORDER BY 1");
  }
}
