package dev.userservice.datasource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A role and its database, the same for every endpoint of the service.
 *
 * @param database the database's name, not empty
 * @param username the role's name, not empty
 * @param password the role's password, may be empty
 * @param passwordFile a file with the password instead
 */
public record Credentials(
    String database, String username, String password, Optional<Path> passwordFile) {

  private static final Logger LOG = Logger.getLogger(Credentials.class);

  /** Refuses empty names. */
  public Credentials {
    if (database.isEmpty() || username.isEmpty()) {
      throw new IllegalArgumentException("database and username must not be empty");
    }
  }

  /** Credentials whose password does not change. */
  public Credentials(String database, String username, String password) {
    this(database, username, password, Optional.empty());
  }

  /** The configured credentials. */
  public static Credentials of(DataSourceConfig config) {
    return new Credentials(
        config.database(), config.username(), config.password().orElse(""), config.passwordFile());
  }

  /**
   * Checks that each role has one password at most.
   *
   * @throws IllegalArgumentException that names the setting, if not
   */
  static void check(DataSourceConfig config) {
    check("users.datasource.password", config.password(), config.passwordFile());
    check(
        "users.datasource.migrator-password",
        config.migratorPassword(),
        config.migratorPasswordFile());
  }

  private static void check(String setting, Optional<String> password, Optional<Path> file) {
    if (password.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException(
          "set only one of " + setting + " and " + setting + "-file");
    }
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new IllegalArgumentException(setting + "-file: " + file.get() + " cannot be read");
    }
  }

  /** The password of a connection that is opened now. */
  String currentPassword() {
    return passwordFile.map(Credentials::read).orElse(password);
  }

  // A server that is asked without a password refuses the connection, and is not taken for lost.
  private static String read(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException unreadable) {
      LOG.warnf("The password cannot be read: %s", unreadable);
      return "";
    }
  }

  @Override
  public String toString() {
    return username + "@" + database;
  }
}
