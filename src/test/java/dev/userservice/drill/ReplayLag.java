package dev.userservice.drill;

import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Keeps replicas behind. They still receive the log and confirm writes, but show them later. */
record ReplayLag(Credentials credentials) {

  /** Replays nothing until resumed. */
  void pause(Endpoint replica) throws SQLException {
    execute(replica, "SELECT pg_wal_replay_pause()");
  }

  void resume(Endpoint replica) throws SQLException {
    execute(replica, "SELECT pg_wal_replay_resume()");
  }

  /** Shows each commit this long after the primary made it, also after a restart of the server. */
  void delay(Endpoint replica, Duration delay) throws SQLException {
    execute(
        replica,
        "ALTER SYSTEM SET recovery_min_apply_delay = '%dms'".formatted(delay.toMillis()),
        "SELECT pg_reload_conf()");
  }

  /** Ends delay and pause, whatever the server's role is now. */
  void end(Endpoint server) throws SQLException {
    execute(
        server,
        "ALTER SYSTEM RESET recovery_min_apply_delay",
        "SELECT pg_reload_conf()",
        "SELECT CASE WHEN pg_is_in_recovery() THEN pg_wal_replay_resume()::text END");
  }

  private void execute(Endpoint server, String... commands) throws SQLException {
    try (Connection connection = TestConnections.connect(server, credentials);
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }
}
