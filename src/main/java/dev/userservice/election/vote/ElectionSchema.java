package dev.userservice.election.vote;

import dev.userservice.datasource.ConfirmedTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** Creates the schema by which a database votes. */
final class ElectionSchema {

  private static final String PRESENT =
      "SELECT to_regprocedure('election.enter(bigint)') IS NOT NULL";

  private ElectionSchema() {}

  /**
   * Creates what is missing; one round trip if nothing is.
   *
   * @param migrator opens a session of the role that may create it
   */
  static void ensure(Connection connection, Migrator migrator) throws SQLException {
    if (!present(connection)) {
      try (Connection able = migrator.connect();
          Statement statement = able.createStatement()) {
        able.setAutoCommit(false);
        statement.execute(script());
        ConfirmedTransactions.commit(able);
      }
    }
  }

  private static boolean present(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PRESENT)) {
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

  /** Opens a session of the role that may change the schema. */
  interface Migrator {

    /** The session, which the caller closes. */
    Connection connect() throws SQLException;
  }
}
