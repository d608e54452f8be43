package dev.userservice.datasource;

import dev.userservice.TestConnections;
import dev.userservice.embedded.EmbeddedCluster;
import dev.userservice.embedded.EmbeddedSettings;
import dev.userservice.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One PostgreSQL server that takes the roles {@code app} and {@code migrator} by certificate only,
 * as the chart has CloudNativePG do it. Its own certificate is for {@code localhost}.
 */
final class EncryptedCluster implements AutoCloseable {

  static final String RUNTIME = "app";
  static final String MIGRATOR = "migrator";

  private final Authority clients;
  private final Authority servers;
  private final EmbeddedCluster cluster;

  private EncryptedCluster(Authority clients, Authority servers, EmbeddedCluster cluster) {
    this.clients = clients;
    this.servers = servers;
    this.cluster = cluster;
  }

  static EncryptedCluster start() throws Exception {
    Path directory = Path.of("target", "encrypted-" + UUID.randomUUID()).toAbsolutePath();
    Authority clients = new Authority(directory.resolve("certificates"), "clients");
    Authority servers = new Authority(directory.resolve("certificates"), "servers");
    Authority.Issued server = servers.server("localhost");
    Path access = directory.resolve("pg_hba.conf");
    Files.writeString(
        access,
        """
        hostssl all app,migrator all cert
        host all app,migrator all reject
        host all all all scram-sha-256
        host replication all all scram-sha-256
        """);
    EmbeddedCluster cluster =
        EmbeddedCluster.start(
            new EmbeddedSettings(
                1,
                0,
                directory.resolve("cluster"),
                0,
                Map.of(
                    "ssl", "on",
                    "ssl_cert_file", server.certificate().toString(),
                    "ssl_key_file", server.key().toString(),
                    "ssl_ca_file", clients.certificate().toString(),
                    "hba_file", access.toString()),
                Duration.ofSeconds(60)));
    EncryptedCluster encrypted = new EncryptedCluster(clients, servers, cluster);
    encrypted.makeRoles();
    return encrypted;
  }

  /** How many sessions of the two roles there are for which the condition on them holds. */
  long sessions(String condition) throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                    + " WHERE usename IN ('app', 'migrator') AND "
                    + condition)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection administrator() throws SQLException {
    Topology own = cluster.topology();
    return TestConnections.connect(own.shards().get(0).get(0), own.credentials());
  }

  /** The grants of {@code docs/operations.md}. */
  private void makeRoles() throws SQLException {
    Topology own = cluster.topology();
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE app LOGIN");
      statement.execute("CREATE ROLE migrator LOGIN");
      statement.execute(
          "GRANT CREATE ON DATABASE " + own.credentials().database() + " TO migrator");
      statement.execute("GRANT CREATE ON SCHEMA public TO migrator");
      statement.execute("ALTER DEFAULT PRIVILEGES FOR ROLE migrator GRANT USAGE ON SCHEMAS TO app");
      statement.execute(
          "ALTER DEFAULT PRIVILEGES FOR ROLE migrator"
              + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app");
      statement.execute("GRANT pg_monitor TO app");
    }
  }

  /** The authority that the server believes. */
  Authority clients() {
    return clients;
  }

  /** The authority that the server's certificate is from. */
  Authority servers() {
    return servers;
  }

  int port() {
    return cluster.topology().shards().get(0).get(0).port();
  }

  /** The server by the name in its certificate, for the role without a password. */
  Topology topology() {
    return new Topology(
        List.of(List.of(new Endpoint("localhost", port()))),
        new Credentials(cluster.topology().credentials().database(), RUNTIME, ""));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
