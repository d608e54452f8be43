package dev.userservice.routing;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.SessionLostException;
import dev.userservice.routing.strategy.StrategyName;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/**
 * Sends each read of one shard to a server that satisfies the requested consistency. When a server
 * fails, the read is sent to another one: a read changes nothing, so repeating it is safe.
 *
 * <p>A read costs one database round trip, plus one for each server that fails. When no replica is
 * known to have reached what a session has seen, the replica that is furthest ahead is asked in the
 * same round trip whether it has, and again every two milliseconds for {@code
 * users.consistency.session-wait}; then the read is sent to the primary. Thread-safe. Call it on
 * the event loop or the worker thread of a request.
 */
public final class ReadRouter {

  private final RoutedShard shard;
  private final StrategyName strategy;

  ReadRouter(RoutedShard shard, StrategyName strategy) {
    this.shard = shard;
    this.strategy = strategy;
  }

  /**
   * Reads from the shard. Fails with {@link NoEndpointException} when no server satisfies the
   * requested consistency in time, and with {@link SessionLostException} when a failover may have
   * lost what the session has seen.
   */
  public <T> Future<Served<T>> read(
      ReadStatement<T> statement, Tuple arguments, Consistency consistency) {
    try {
      ReadRequirement requirement =
          ReadRequirement.of(consistency, shard.group(), shard.clock().nanos());
      return new PendingRead<>(shard, requirement, statement, arguments).start();
    } catch (SessionLostException lost) {
      return Future.failedFuture(lost);
    }
  }

  /** Which servers are eligible for a read now, and why the others are not. Reads nothing. */
  public Explanation explain(Consistency consistency) {
    long now = shard.clock().nanos();
    ReadRequirement requirement = ReadRequirement.of(consistency, shard.group(), now);
    return new Explainer(shard.group(), shard.targets(), strategy).explain(requirement, now);
  }
}
