package dev.userservice.replication;

import dev.userservice.datasource.WritePool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Refuses to start when a primary could not hold the connections of even this one process. Replicas
 * need no check of their own: PostgreSQL gives none fewer connections than its primary.
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
    try (Connection connection = writes.unpooled().getConnection();
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
