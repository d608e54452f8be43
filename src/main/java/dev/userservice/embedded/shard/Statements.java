package dev.userservice.embedded.shard;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The supervisor's connection to one server; every call is bounded in time. */
final class Statements implements AutoCloseable {

  private static final int SECONDS = 2;

  private final Connection connection;

  private Statements(Connection connection) {
    this.connection = connection;
  }

  static Statements open(Endpoint endpoint, Credentials credentials) throws SQLException {
    return open(endpoint, credentials, SECONDS);
  }

  static Statements open(Endpoint endpoint, Credentials credentials, int socketTimeoutSeconds)
      throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {endpoint.host()});
    source.setPortNumbers(new int[] {endpoint.port()});
    source.setDatabaseName(credentials.database());
    source.setUser(credentials.username());
    source.setPassword(credentials.password());
    source.setConnectTimeout(SECONDS);
    source.setSocketTimeout(socketTimeoutSeconds);
    source.setSslMode("disable");
    source.setGssEncMode("disable");
    source.setApplicationName("user-service supervisor");
    return new Statements(source.getConnection());
  }

  /** Runs one statement with text parameters and maps its rows. */
  <T> List<T> query(String sql, Row<T> row, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < parameters.length; index++) {
        statement.setString(index + 1, parameters[index]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Reads a row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
