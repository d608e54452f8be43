package dev.userservice.routing;

import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.hedge.Hedging;
import dev.userservice.routing.strategy.Strategy;
import dev.userservice.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes the routers of shards, all by one configuration. */
@Singleton
public final class ReadRouter {

  private final RoutingConfig config;
  private final Strategy strategy;
  private final RoutingClock clock;
  private final MeterRegistry registry;
  private final Weights weights;
  private final List<Routes> opened = new CopyOnWriteArrayList<>();

  ReadRouter(
      RoutingConfig config,
      ReplicationConfig replication,
      ConsistencyPolicy consistency,
      Vertx vertx,
      Ticker ticker,
      MeterRegistry registry) {
    this.config = config;
    this.strategy = Strategy.create(config);
    this.clock =
        new RoutingClock(vertx, ticker, replication.primaryWait(), consistency.sessionWait());
    this.registry = registry;
    this.weights = new Weights(config);
    weights.follow(vertx, () -> opened.forEach(Routes::reweigh));
  }

  /** A router for one shard. Called once for each. */
  public ShardRouter to(ReplicationGroup group) {
    Routes routes = new Routes(group, config, weights, strategy, registry);
    opened.add(routes);
    Hedging hedging = new Hedging(config.hedging(), clock.nanos());
    return new ShardRouter(group, routes, hedging, clock, config.strategy());
  }

  /**
   * Time as routed reads need it.
   *
   * @param vertx sets timers
   * @param ticker measures
   * @param primaryWait how long a read that needs the primary waits for one
   * @param sessionWait how long a session's read waits for a replica
   */
  record RoutingClock(Vertx vertx, Ticker ticker, Duration primaryWait, Duration sessionWait) {

    long nanos() {
      return ticker.nanos();
    }

    void after(long millis, Runnable action) {
      vertx.setTimer(Math.max(1, millis), fired -> action.run());
    }
  }
}
