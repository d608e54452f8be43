package dev.userservice.datasource;

/**
 * A role and its database, the same for every endpoint of the service.
 *
 * @param database the database's name, not empty
 * @param username the role's name, not empty
 * @param password the role's password, may be empty
 */
public record Credentials(String database, String username, String password) {

  /** Refuses empty names. */
  public Credentials {
    if (database.isEmpty() || username.isEmpty()) {
      throw new IllegalArgumentException("database and username must not be empty");
    }
  }

  /** The configured credentials. */
  public static Credentials of(DataSourceConfig config) {
    return new Credentials(config.database(), config.username(), config.password().orElse(""));
  }

  @Override
  public String toString() {
    return username + "@" + database;
  }
}
