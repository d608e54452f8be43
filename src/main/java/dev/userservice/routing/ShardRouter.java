package dev.userservice.routing;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.SessionLostException;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.ReadRouter.RoutingClock;
import dev.userservice.routing.hedge.Hedging;
import dev.userservice.routing.strategy.StrategyName;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/**
 * Sends each read of one shard to the best server that keeps the caller's word, and to the next if
 * that one fails: reads change nothing, so repeating one is safe.
 *
 * <p>One database round trip, plus one per failed server. A session's read for which no replica is
 * known to be far enough asks the furthest one, in the same round trip, and again every two
 * milliseconds for {@code users.consistency.session-wait}, before it goes to the primary.
 * Thread-safe; call it on the event loop or the worker of a request.
 */
public final class ShardRouter {

  private final ReplicationGroup group;
  private final Routes routes;
  private final Hedging hedging;
  private final RoutingClock clock;
  private final StrategyName strategy;

  ShardRouter(
      ReplicationGroup group,
      Routes routes,
      Hedging hedging,
      RoutingClock clock,
      StrategyName strategy) {
    this.group = group;
    this.routes = routes;
    this.hedging = hedging;
    this.clock = clock;
    this.strategy = strategy;
  }

  /**
   * Reads from the shard. Fails with {@link NoEndpointException} when no server can keep the word
   * in time.
   */
  public <T> Future<Served<T>> read(
      ReadStatement<T> statement, Tuple arguments, Consistency consistency) {
    try {
      ReadTerms terms = ReadTerms.of(consistency, group, clock.nanos());
      return new RoutedRead<>(this, terms, statement, arguments).start();
    } catch (SessionLostException lost) {
      return Future.failedFuture(lost);
    }
  }

  /** What a read would find now, without reading. */
  public Explanation explain(Consistency consistency) {
    long now = clock.nanos();
    return new Explainer(group, routes, strategy)
        .explain(ReadTerms.of(consistency, group, now), now);
  }

  ReplicationGroup group() {
    return group;
  }

  Routes routes() {
    return routes;
  }

  Hedging hedging() {
    return hedging;
  }

  RoutingClock clock() {
    return clock;
  }
}
