package dev.userservice.drill;

import dev.userservice.TestConnections;
import dev.userservice.embedded.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What others do to the connections of the service, and to its role and its table. */
final class ConnectionFaults {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(4);
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final List<String> DEFAULTS =
      List.of(
          "synchronous_commit = off",
          "default_transaction_read_only = on",
          "default_transaction_isolation = serializable",
          "client_min_messages = error");
  private static final String TERMINATE =
      """
      SELECT count(pg_terminate_backend(pid)) FROM
      (SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'user-service%'
       ORDER BY random()
      """;

  private ConnectionFaults() {}

  static List<ChaosFault> all() {
    return List.of(
        new ChaosFault("defaults of the role", ConnectionFaults::defaults),
        new ChaosFault("all connections taken", ConnectionFaults::storm),
        new ChaosFault("back ends terminated", ConnectionFaults::terminate),
        new ChaosFault("column changed", ConnectionFaults::changeColumn),
        new ChaosFault("another password", ConnectionFaults::changePassword));
  }

  private static void defaults(ChaosScene scene) throws SQLException {
    String setting = DEFAULTS.get(scene.random().nextInt(DEFAULTS.size()));
    scene.execute(scene.primary(), "ALTER ROLE " + scene.role() + " SET " + setting);
    terminateAll(scene);
    scene.last(SHORT, LONG);
    scene.resetRole();
    terminateAll(scene);
  }

  private static void storm(ChaosScene scene) throws SQLException {
    List<Connection> taken = new ArrayList<>();
    try {
      take(scene, taken);
      scene.last(SHORT, LONG);
    } finally {
      for (Connection each : taken) {
        each.close();
      }
    }
  }

  private static void take(ChaosScene scene, List<Connection> taken) throws SQLException {
    EmbeddedServer server = scene.random().nextBoolean() ? scene.primary() : scene.replica();
    while (true) {
      try {
        taken.add(TestConnections.connect(server.endpoint(), scene.credentials()));
      } catch (SQLException full) {
        if (TOO_MANY_CONNECTIONS.equals(full.getSQLState())) {
          return;
        }
        throw full;
      }
    }
  }

  private static void terminate(ChaosScene scene) throws SQLException {
    for (int time = 0; time < 20; time++) {
      EmbeddedServer server = scene.random().nextBoolean() ? scene.primary() : scene.replica();
      scene.query(server, TERMINATE + " LIMIT 2) chosen");
      scene.last(Duration.ofMillis(20), Duration.ofMillis(200));
    }
  }

  private static void changeColumn(ChaosScene scene) throws SQLException {
    scene.execute(scene.primary(), "ALTER TABLE users ALTER name TYPE varchar(200)");
    scene.last(SHORT, LONG);
    scene.execute(scene.primary(), "ALTER TABLE users ALTER name TYPE text");
  }

  private static void changePassword(ChaosScene scene) throws SQLException {
    try (Connection kept =
            TestConnections.connect(scene.primary().endpoint(), scene.credentials());
        Statement statement = kept.createStatement()) {
      String change = "ALTER ROLE " + scene.role() + " PASSWORD '";
      try {
        statement.execute(change + "another'");
        scene.last(SHORT, LONG);
      } finally {
        statement.execute(change + scene.credentials().password() + "'");
      }
    }
  }

  private static void terminateAll(ChaosScene scene) throws SQLException {
    scene.query(scene.primary(), TERMINATE + ") chosen");
    scene.query(scene.replica(), TERMINATE + ") chosen");
  }
}
