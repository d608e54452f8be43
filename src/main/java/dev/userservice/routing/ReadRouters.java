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

/** Creates the read router of each shard; all have the same configuration. Thread-safe. */
@Singleton
public final class ReadRouters {

  private final RoutingSettings settings;
  private final Strategy strategy;
  private final RoutingClock clock;
  private final MeterRegistry registry;
  private final Weights weights;
  private final List<ReadTargets> opened = new CopyOnWriteArrayList<>();

  ReadRouters(
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
    weights.follow(vertx, () -> opened.forEach(ReadTargets::reweigh));
  }

  /** A router for one shard. Call it once for each shard: its metrics are registered once. */
  public ReadRouter to(ReplicationGroup group) {
    ReadTargets targets = new ReadTargets(group, settings, weights, strategy, registry);
    opened.add(targets);
    Hedging hedging = new Hedging(settings.hedging(), clock.nanos());
    RoutedShard shard = new RoutedShard(group, targets, hedging, clock);
    return new ReadRouter(shard, settings.strategy());
  }
}
