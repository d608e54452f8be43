package dev.userservice.routing;

import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.hedge.Hedging;
import dev.userservice.routing.strategy.RandomSource;
import dev.userservice.routing.strategy.Strategy;
import dev.userservice.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes the routers of shards, all by one configuration. */
@Singleton
public final class ReadRouter {

  private final RoutingSettings settings;
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
    this.settings = RoutingSettings.of(config);
    this.strategy = settings.strategy().create(settings.retry(), RandomSource.perThread());
    this.clock =
        new RoutingClock(vertx, ticker, replication.primaryWait(), consistency.sessionWait());
    this.registry = registry;
    this.weights = new Weights(config);
    weights.follow(vertx, () -> opened.forEach(Routes::reweigh));
  }

  /** A router for one shard. Called once for each. */
  public ShardRouter to(ReplicationGroup group) {
    Routes routes = new Routes(group, settings, weights, strategy, registry);
    opened.add(routes);
    Hedging hedging = new Hedging(settings.hedging(), clock.nanos());
    RoutedShard shard = new RoutedShard(group, routes, hedging, clock);
    return new ShardRouter(shard, settings.strategy());
  }
}
