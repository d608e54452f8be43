package dev.userservice.datasource;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Map;

/** The options of the Vert.x client for one endpoint. */
// SCRAM loads this service to prepare a password.
@RegisterForReflection(classNames = "com.ongres.saslprep.SASLprep")
record PipelinedOptions(DataSourceConfig config, Endpoint endpoint, Credentials credentials) {

  PgConnectOptions connect() {
    PgConnectOptions options = new PgConnectOptions();
    options
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setDatabase(credentials.database())
        .setUser(credentials.username())
        .setPassword(credentials.currentPassword())
        .setCachePreparedStatements(true)
        .setPipeliningLimit(config.pipelining())
        .setProperties(
            SessionSettings.with(
                Map.of(
                    "application_name",
                    "user-service",
                    "client_encoding",
                    "UTF8",
                    "statement_timeout",
                    Long.toString(config.readDeadline().toMillis()))));
    options.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
    options.setTcpKeepAlive(true);
    Encryption.of(config).applyTo(options);
    return options;
  }

  /** How long a connection that owes an answer may be silent. */
  long silenceNanos() {
    return config.readDeadline().toNanos();
  }

  /** How long a connection may take to open, authentication included. */
  long openingNanos() {
    return config.connectTimeout().toNanos();
  }

  long lifetimeNanos() {
    return config.maximumLifetime().toNanos();
  }
}
