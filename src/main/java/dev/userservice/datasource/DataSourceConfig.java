package dev.userservice.datasource;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the service connects to each PostgreSQL server. */
@ConfigMapping(prefix = "users.datasource")
public interface DataSourceConfig {

  /** The database's name, the same on every server. The embedded cluster ignores it. */
  @WithDefault("users")
  String database();

  /** The role that serves requests. The embedded cluster ignores it. */
  @WithDefault("users")
  String username();

  /** The role's password; empty if absent. The embedded cluster ignores it. */
  Optional<String> password();

  /**
   * A file with the role's password instead, read again for each connection, so that another
   * password needs no restart. White space at its end is ignored.
   */
  Optional<Path> passwordFile();

  /**
   * The role that the leader signs in as, which changes the schemas. The role that serves requests
   * needs the right to read and write the tables that this role creates. The same role if absent.
   */
  Optional<String> migratorUsername();

  /** The password of the migrating role; that of the other role if this and the name are absent. */
  Optional<String> migratorPassword();

  /** A file with the password of the migrating role instead, read as the other one. */
  Optional<Path> migratorPasswordFile();

  /** Encryption of the connections of both roles, and the certificate of the one that serves. */
  Tls tls();

  /** The client certificate of the migrating role, if it is another role. */
  ClientCertificate migratorTls();

  /** How long opening a connection may take, including authentication. */
  @WithDefault("5s")
  @DurationMin(millis = 100)
  @DurationMax(minutes = 1)
  Duration connectTimeout();

  /**
   * How long a read may take on the server, and how long a connection with requests in flight may
   * receive nothing before it is closed.
   */
  @WithDefault("2s")
  @DurationMin(millis = 100)
  @DurationMax(minutes = 1)
  Duration readDeadline();

  /** How long one statement of a write or its commit may take before the connection is closed. */
  @WithDefault("8s")
  @DurationMin(millis = 500)
  @DurationMax(minutes = 5)
  Duration writeDeadline();

  /** How long a connection is used before it is replaced. */
  @WithDefault("30m")
  @DurationMin(minutes = 1)
  @DurationMax(hours = 24)
  Duration maximumLifetime();

  /** Reads in flight per connection; further reads wait. */
  @WithDefault("256")
  @Min(1)
  @Max(4096)
  int pipelining();

  /** Write connections to each primary at most. */
  @WithDefault("16")
  @Min(1)
  @Max(1000)
  int writeConnections();

  /** The client certificate of a role: both files or neither. */
  interface ClientCertificate {

    /**
     * PEM file with the client certificate of the role, followed by its intermediate certificates.
     * Needs the key. Read again for each connection.
     */
    Optional<Path> certificate();

    /**
     * PEM file with the private key of the certificate: RSA or EC, PKCS #8 or not, without a
     * passphrase. Read again for each connection.
     */
    Optional<Path> key();
  }

  /** Encryption, and the certificate of the role that serves requests. */
  interface Tls extends ClientCertificate {

    /**
     * Encryption of connections: {@code disable}; {@code require}, without authentication of the
     * server; {@code verify-ca}, a server with a certificate of the authority; {@code verify-full},
     * in addition with the name or address in it that the client connected to.
     */
    @WithDefault("disable")
    TlsMode mode();

    /**
     * PEM file with the certificates of the authorities that are trusted. {@code verify-ca} and
     * {@code verify-full} need it.
     */
    Optional<Path> authority();
  }
}
