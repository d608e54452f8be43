package dev.userservice.datasource;

import dev.userservice.label.Labels;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The encryption of a login's connections, as options of both clients. The files are PEM and read
 * for each new connection, so that renewed certificates need no restart.
 *
 * @param authority the certificates that the servers' certificates are verified by
 * @param certificate the login's own certificate; present if and only if {@code key} is
 */
record Encryption(
    TlsMode mode, Optional<Path> authority, Optional<Path> certificate, Optional<Path> key) {

  private static final String TLS = "users.datasource.tls.";
  private static final String MIGRATOR_TLS = "users.datasource.migrator-tls.";

  static Encryption of(DataSourceConfig config) {
    return new Encryption(
        config.tls().mode(),
        config.tls().authority(),
        config.tls().certificate(),
        config.tls().key());
  }

  /** The encryption of the migrating role, if it is a role of its own. */
  static Encryption ofMigrator(DataSourceConfig config) {
    return new Encryption(
        config.tls().mode(),
        config.tls().authority(),
        config.migratorTls().certificate(),
        config.migratorTls().key());
  }

  /**
   * Checks that the settings fit together and the files can be read.
   *
   * @throws IllegalArgumentException that names the setting, if not
   */
  static void check(DataSourceConfig config) {
    TlsMode mode = config.tls().mode();
    if (mode.verifies() && config.tls().authority().isEmpty()) {
      throw new IllegalArgumentException(
          "users.datasource.tls.mode " + mode + " needs users.datasource.tls.authority");
    }
    check(TLS + "authority", mode, config.tls().authority());
    check(TLS, mode, config.tls());
    check(MIGRATOR_TLS, mode, config.migratorTls());
  }

  private static void check(
      String prefix, TlsMode mode, DataSourceConfig.ClientCertificate certificate) {
    if (certificate.certificate().isPresent() != certificate.key().isPresent()) {
      throw new IllegalArgumentException(
          prefix + "certificate and " + prefix + "key need each other");
    }
    check(prefix + "certificate", mode, certificate.certificate());
    check(prefix + "key", mode, certificate.key());
  }

  private static void check(String setting, TlsMode mode, Optional<Path> file) {
    if (file.isPresent() && mode == TlsMode.DISABLE) {
      throw new IllegalArgumentException(
          setting + " has no effect while users.datasource.tls.mode is disable");
    }
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new IllegalArgumentException(setting + ": " + file.get() + " cannot be read");
    }
  }

  /** Sets the options of the Vert.x client. */
  void applyTo(PgConnectOptions options) {
    options.setSslMode(SslMode.valueOf(mode.name()));
    if (mode == TlsMode.DISABLE) {
      return;
    }
    options.setTrustAll(!mode.verifies());
    options.setHostnameVerificationAlgorithm(mode == TlsMode.VERIFY_FULL ? "HTTPS" : "");
    authority.ifPresent(
        file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    certificate.ifPresent(
        file ->
            options.setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(file.toString())
                    .setKeyPath(key.orElseThrow().toString())));
  }

  /** The properties of the JDBC driver. */
  Map<String, String> jdbcProperties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("sslmode", Labels.of(mode));
    if (mode != TlsMode.DISABLE) {
      properties.put("sslfactory", PemSocketFactory.class.getName());
      authority.ifPresent(file -> properties.put("sslrootcert", file.toString()));
      certificate.ifPresent(file -> properties.put("sslcert", file.toString()));
      key.ifPresent(file -> properties.put("sslkey", file.toString()));
    }
    return properties;
  }
}
