package dev.userservice.election;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** Makes a database able to vote. */
final class ElectionSchema {

  private static final String PRESENT =
      "SELECT to_regprocedure('election.enter(bigint)') IS NOT NULL";

  private ElectionSchema() {}

  /** Makes what is missing; one round trip if nothing is. */
  static void ensure(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (present(statement)) {
        return;
      }
      connection.setAutoCommit(false);
      statement.execute(script());
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private static boolean present(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(PRESENT)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static String script() {
    try (InputStream script = ElectionSchema.class.getResourceAsStream("/db/election.sql")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
