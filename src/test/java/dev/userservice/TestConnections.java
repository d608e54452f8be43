package dev.userservice;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Plain connections to single servers, for tests that query them. */
public final class TestConnections {

  private TestConnections() {}

  /** A connection to any server. */
  public static Connection connect(Endpoint endpoint, Credentials credentials) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s/%s".formatted(endpoint, credentials.database()),
        credentials.username(),
        credentials.password());
  }
}
