package dev.userservice.datasource;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The settings of read connections to one endpoint, in the Vert.x client's terms. */
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
    return options;
  }

  PoolOptions pool() {
    return new PoolOptions()
        .setMaxSize(1)
        .setConnectionTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxLifetime(Math.toIntExact(config.maximumLifetime().toMillis()))
        .setMaxLifetimeUnit(TimeUnit.MILLISECONDS);
  }

  long deadlineNanos() {
    return config.readDeadline().toNanos();
  }
}
