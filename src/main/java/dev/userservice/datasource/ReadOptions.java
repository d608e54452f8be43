package dev.userservice.datasource;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Map;

/** The settings of read connections to one endpoint, in the Vert.x client's terms. */
// A service by which SCRAM, which the client uses to sign in, prepares a password.
@RegisterForReflection(classNames = "com.ongres.saslprep.SASLprep")
record ReadOptions(DataSourceConfig config, Endpoint endpoint, Credentials credentials) {

  PgConnectOptions connect() {
    PgConnectOptions options = new PgConnectOptions();
    options
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setDatabase(credentials.database())
        .setUser(credentials.username())
        .setPassword(credentials.password())
        .setCachePreparedStatements(true)
        .setPipeliningLimit(config.pipelining())
        .setProperties(
            Map.of(
                "application_name",
                "user-service",
                "statement_timeout",
                Long.toString(config.readDeadline().toMillis())));
    options.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
    options.setTcpKeepAlive(true);
    Encryption.of(config).applyTo(options);
    return options;
  }

  /** How long a connection that owes an answer may stay silent. */
  long silenceNanos() {
    return config.readDeadline().toNanos();
  }

  /** How long a connection may take to open, signing in included. */
  long openingNanos() {
    return config.connectTimeout().toNanos();
  }

  long lifetimeNanos() {
    return config.maximumLifetime().toNanos();
  }
}
