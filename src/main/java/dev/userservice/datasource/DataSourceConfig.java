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

  /** The database's name, the same on every server. Not used by the embedded cluster. */
  @WithDefault("users")
  String database();

  /** The role's name. Not used by the embedded cluster. */
  @WithDefault("users")
  String username();

  /** The role's password; empty when absent. Not used by the embedded cluster. */
  Optional<String> password();

  /**
   * The role that the leader signs in as, which may change the schema; by default the one above.
   * What it makes, the one above must be allowed to use.
   */
  Optional<String> migratorUsername();

  /** That role's password; the one above when both are absent. */
  Optional<String> migratorPassword();

  /** How the connections of both roles are encrypted. */
  Tls tls();

  /** What the migrating role shows of itself, if it is another one; nothing when absent. */
  ClientCertificate migratorTls();

  /** How long opening a connection may take, signing in included. From 100 ms to 1 min. */
  @WithDefault("5s")
  @DurationMin(millis = 100)
  @DurationMax(minutes = 1)
  Duration connectTimeout();

  /**
   * How long a read may take on the server, and how long a connection with requests in flight may
   * stay silent before it is closed. From 100 ms to 1 min.
   */
  @WithDefault("2s")
  @DurationMin(millis = 100)
  @DurationMax(minutes = 1)
  Duration readDeadline();

  /**
   * How long one statement of a write, its commit included, may take before the connection is given
   * up. From 500 ms to 5 min.
   */
  @WithDefault("8s")
  @DurationMin(millis = 500)
  @DurationMax(minutes = 5)
  Duration writeDeadline();

  /** How long a connection lives before it is replaced. From 1 min to 24 h. */
  @WithDefault("30m")
  @DurationMin(minutes = 1)
  @DurationMax(hours = 24)
  Duration maximumLifetime();

  /** Reads in flight per connection before further ones wait. From 1 to 4096. */
  @WithDefault("256")
  @Min(1)
  @Max(4096)
  int pipelining();

  /** Write connections per primary at most. From 1 to 1000. */
  @WithDefault("16")
  @Min(1)
  @Max(1000)
  int writeConnections();

  /** What a role shows of itself: both files or neither. Each is read anew for each connection. */
  interface ClientCertificate {

    /** A PEM file with the role's certificate, and with those between it and its authority. */
    Optional<Path> certificate();

    /** A PEM file with the certificate's private key, RSA or EC, without a passphrase. */
    Optional<Path> key();
  }

  /** Encryption, and the certificate of the role that serves requests. */
  interface Tls extends ClientCertificate {

    /** How far connections are protected: by default not at all. */
    @WithDefault("disable")
    TlsMode mode();

    /** A PEM file with the certificates that vouch for the servers; {@code verify-…} needs it. */
    Optional<Path> authority();
  }
}
