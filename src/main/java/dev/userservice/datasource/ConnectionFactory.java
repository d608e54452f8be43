package dev.userservice.datasource;

import dev.userservice.time.Ticker;
import io.agroal.api.transaction.TransactionIntegration;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;

/** Makes the connections of an endpoint. Opens none. */
@Singleton
public final class ConnectionFactory {

  // One for the shard's vote, and those that the leader's tasks open at a time.
  private static final int SINGLE_CONNECTIONS = 6;

  private final DataSourceConfig config;
  private final Vertx vertx;
  private final Ticker ticker;
  private final TransactionIntegration transactions;

  @Inject
  ConnectionFactory(
      DataSourceConfig config,
      Vertx vertx,
      Ticker ticker,
      TransactionManager manager,
      TransactionSynchronizationRegistry registry) {
    this(config, vertx, ticker, new NarayanaTransactionIntegration(manager, registry));
  }

  /** A factory outside CDI, whose write pools take part in the given transactions. */
  public ConnectionFactory(
      DataSourceConfig config, Vertx vertx, Ticker ticker, TransactionIntegration transactions) {
    Encryption.check(config);
    Credentials.check(config);
    this.config = config;
    this.vertx = vertx;
    this.ticker = ticker;
    this.transactions = transactions;
  }

  /** The connections to one server. */
  public EndpointConnections connections(Endpoint endpoint, Credentials credentials) {
    PipelinedOptions options = new PipelinedOptions(config, endpoint, credentials);
    return new EndpointConnections(
        endpoint,
        new PipelinedClient(vertx, options, ticker),
        new PipelinedClient(vertx, options, ticker),
        new WritePool(config, endpoint, credentials, transactions, ticker));
  }

  /**
   * Closes the connections to a server that does not belong to its shard any more. Idle connections
   * close at once, busy ones when their call ends: a read within {@code
   * users.datasource.read-deadline}, a write within {@code users.datasource.write-deadline}. Never
   * blocks.
   */
  public void retire(EndpointConnections connections) {
    connections.reads().close();
    connections.probes().close();
    connections.writes().flush();
    vertx.setTimer(
        config.writeDeadline().toMillis(),
        passed ->
            vertx.executeBlocking(
                () -> {
                  connections.writes().close();
                  return connections;
                }));
  }

  /** How long one statement of a write or its commit may take. */
  public Duration writeDeadline() {
    return config.writeDeadline();
  }

  /** The most connections that one process opens to one server. */
  public int connectionsPerEndpoint() {
    int eventLoops = Runtime.getRuntime().availableProcessors() * 2;
    return eventLoops + 1 + config.writeConnections() + SINGLE_CONNECTIONS;
  }
}
