package dev.userservice.sharding.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The version of a shard's schema. A process serves a shard whose schema version is at least that
 * of its own newest migration. A migration only adds, and a later release removes, so the previous
 * release works with a newer schema.
 */
public final class SchemaVersion {

  /** The newest migration in {@code db/migration}. */
  public static final int NEWEST = MigrationScripts.newestVersion();

  private static final String TABLE = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";
  private static final String FOUND =
      """
      SELECT coalesce(max(version::integer), 0)
      FROM flyway_schema_history WHERE success AND version ~ '^[0-9]+$'
      """;

  private SchemaVersion() {}

  /** The version of the database's schema, 0 if there is none. Two round trips. */
  static int of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return one(statement, TABLE).equals("t") ? Integer.parseInt(one(statement, FOUND)) : 0;
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
