package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.TestCluster;
import dev.userservice.TestSettings;
import dev.userservice.time.Ticker;
import io.agroal.api.transaction.TransactionIntegration;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions of both clients on a real server, of roles with adverse defaults. */
final class SessionSettingsTest {

  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final String[] NAMES = {
    "synchronous_commit",
    "client_min_messages",
    "default_transaction_read_only",
    "default_transaction_isolation",
    "default_transaction_deferrable",
    "idle_session_timeout",
    "statement_timeout"
  };
  private static final Map<String, String> ADVERSE =
      Map.of(
          "synchronous_commit", "off",
          "client_min_messages", "error",
          "default_transaction_read_only", "on",
          "default_transaction_isolation", "serializable",
          "default_transaction_deferrable", "on",
          "idle_session_timeout", "7s",
          "statement_timeout", "7s");
  private static final Map<String, String> PROMISED =
      new TreeMap<>(
          Map.of(
              "synchronous_commit", "on",
              "client_min_messages", "notice",
              "default_transaction_read_only", "off",
              "default_transaction_isolation", "read committed",
              "default_transaction_deferrable", "off",
              "idle_session_timeout", "0",
              "statement_timeout", "0"));

  private static final String ROLE = "adverse_" + UUID.randomUUID().toString().replace('-', '_');
  private static final String MIGRATOR = ROLE + "_m";

  private static Vertx vertx;
  private static EndpointConnections connections;

  @BeforeAll
  static void makeRoles() throws SQLException {
    try (Connection administrator = TestCluster.primary(0);
        Statement statement = administrator.createStatement()) {
      for (String role : List.of(ROLE, MIGRATOR)) {
        statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
        for (Map.Entry<String, String> each : ADVERSE.entrySet()) {
          statement.execute(
              "ALTER ROLE %s SET %s = '%s'".formatted(role, each.getKey(), each.getValue()));
        }
      }
    }
    vertx = Vertx.vertx();
    DataSourceConfig config =
        TestSettings.of(
                Map.of(
                    "users.datasource.migrator-username",
                    MIGRATOR,
                    "users.datasource.migrator-password",
                    "secret"),
                DataSourceConfig.class)
            .getConfigMapping(DataSourceConfig.class);
    connections =
        new ConnectionFactory(config, vertx, Ticker.system(), TransactionIntegration.none())
            .connections(
                TestCluster.topology().shards().get(0).get(0),
                new Credentials(TestCluster.topology().credentials().database(), ROLE, "secret"));
  }

  @AfterAll
  static void dropRoles() throws SQLException {
    connections.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    try (Connection administrator = TestCluster.primary(0);
        Statement statement = administrator.createStatement()) {
      statement.execute("DROP ROLE " + ROLE);
      statement.execute("DROP ROLE " + MIGRATOR);
    }
  }

  @Test
  void pooledWriteConnectionsHaveThePromisedSettings() throws SQLException {
    try (Connection connection = connections.writes().connection()) {
      assertThat(settings(connection)).isEqualTo(PROMISED);
    }
  }

  @Test
  void connectionsOutsideThePoolHaveThem() throws SQLException {
    try (Connection connection = connections.writes().unpooled("test", SILENCE).getConnection()) {
      assertThat(settings(connection)).isEqualTo(PROMISED);
    }
  }

  @Test
  void connectionsOfTheMigratorHaveThem() throws SQLException {
    try (Connection connection =
        connections.writes().unpooledForMigrator("test", SILENCE).getConnection()) {
      assertThat(settings(connection)).isEqualTo(PROMISED);
    }
  }

  @Test
  void readConnectionsHaveThemAndADeadline() throws Exception {
    Map<String, String> promised = new HashMap<>(PROMISED);
    promised.put("statement_timeout", "2s");
    Map<String, String> found = new TreeMap<>();
    for (String name : NAMES) {
      found.put(name, read("SELECT current_setting('" + name + "')"));
    }
    assertThat(found).isEqualTo(promised);
  }

  @Test
  void aValueWithSpacesAndBackslashesIsEscaped() {
    assertThat(SessionSettings.options(Map.of("search_path", "a \\b")))
        .contains("-c default_transaction_isolation=read\\ committed")
        .contains("-c search_path=a\\ \\\\b");
  }

  private static String read(String sql) throws Exception {
    return connections
        .reads()
        .execute(sql, Tuple.tuple())
        .map(rows -> rows.iterator().next().getString(0))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static Map<String, String> settings(Connection connection) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String name : NAMES) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          found.put(name, row.getString(1));
        }
      }
    }
    return found;
  }
}
