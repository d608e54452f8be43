package dev.userservice;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;

/** Plain connections to single servers, for tests that query them. */
public final class TestConnections {

  private TestConnections() {}

  /**
   * A connection to any server.
   *
   * @param settings such as {@code default_transaction_read_only=off}, for this session, whatever
   *     the role has as default
   */
  public static Connection connect(Endpoint endpoint, Credentials credentials, String... settings)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", credentials.username());
    properties.setProperty("password", credentials.password());
    if (settings.length > 0) {
      properties.setProperty(
          "options",
          Arrays.stream(settings)
              .map(setting -> "-c " + setting.replace(" ", "\\ "))
              .collect(Collectors.joining(" ")));
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://%s/%s".formatted(endpoint, credentials.database()), properties);
  }
}
