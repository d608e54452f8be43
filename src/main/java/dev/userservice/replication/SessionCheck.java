package dev.userservice.replication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Refuses the start if the sessions of the service have a setting that breaks a promise and that
 * they cannot set themselves: only a superuser may set one of them, and older servers do not know
 * the other one.
 *
 * @param writeDeadline how long a transaction may take
 */
record SessionCheck(Duration writeDeadline) {

  private static final String AT_FAULT =
      """
      SELECT name || ' = ' || setting || coalesce(unit, ''),
             CASE source
               WHEN 'user' THEN format('ALTER ROLE %I RESET %I', session_user, name)
               WHEN 'database' THEN format('ALTER DATABASE %I RESET %I', current_database(), name)
               WHEN 'database user' THEN
                 format('ALTER ROLE %I IN DATABASE %I RESET %I',
                        session_user, current_database(), name)
               WHEN 'global' THEN format('ALTER ROLE ALL RESET %I', name)
               ELSE format('ALTER SYSTEM RESET %I', name)
             END
      FROM pg_settings
      WHERE CASE name
              WHEN 'session_replication_role' THEN setting <> 'origin'
              WHEN 'transaction_timeout' THEN setting::bigint BETWEEN 1 AND ? - 1
              ELSE false
            END
      ORDER BY name
      LIMIT 1
      """;

  void check(MonitoredEndpoint primary) {
    try (Connection connection = primary.writes().connection();
        PreparedStatement statement = connection.prepareStatement(AT_FAULT)) {
      statement.setLong(1, writeDeadline.toMillis());
      refuse(primary, statement);
    } catch (SQLException failure) {
      throw new IllegalStateException(
          primary.endpoint() + " does not tell its settings: " + failure.getMessage(), failure);
    }
  }

  private static void refuse(MonitoredEndpoint primary, PreparedStatement statement)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        throw new IllegalStateException(
            "%s gives the sessions of the service %s, with which writes are not safe: reset it with %s"
                .formatted(primary.endpoint(), row.getString(1), row.getString(2)));
      }
    }
  }
}
