package dev.userservice.replication;

import dev.userservice.datasource.WritePool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Refuses the start if a primary accepts fewer connections than this one process may open. Replicas
 * need no check: PostgreSQL requires that they accept at least as many connections as their
 * primary.
 */
record ConnectionBudget(int connectionsPerProcess) {

  private static final String AVAILABLE =
      """
      SELECT sum(CASE name WHEN 'max_connections' THEN 1 ELSE -1 END * setting::int)
      FROM pg_settings
      WHERE name IN
        ('max_connections', 'superuser_reserved_connections', 'reserved_connections')
      """;

  void check(MonitoredEndpoint primary) {
    int available = available(primary);
    if (available < connectionsPerProcess) {
      throw new IllegalStateException(
          "%s takes %d connections, but this process may open %d: lower"
                  .formatted(primary.endpoint(), available, connectionsPerProcess)
              + " users.datasource.write-connections or raise max_connections");
    }
  }

  private static int available(MonitoredEndpoint primary) {
    WritePool writes = primary.writes();
    try (Connection connection = writes.connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(AVAILABLE)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(
          primary.endpoint() + " does not tell its max_connections: " + failure.getMessage(),
          failure);
    }
  }
}
