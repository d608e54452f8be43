package dev.userservice.routing;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.SessionLostException;
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

  private final RoutedShard shard;
  private final StrategyName strategy;

  ShardRouter(RoutedShard shard, StrategyName strategy) {
    this.shard = shard;
    this.strategy = strategy;
  }

  /**
   * Reads from the shard. Fails with {@link NoEndpointException} when no server can keep the word
   * in time.
   */
  public <T> Future<Served<T>> read(
      ReadStatement<T> statement, Tuple arguments, Consistency consistency) {
    try {
      ReadTerms terms = ReadTerms.of(consistency, shard.group(), shard.clock().nanos());
      return new RoutedRead<>(shard, terms, statement, arguments).start();
    } catch (SessionLostException lost) {
      return Future.failedFuture(lost);
    }
  }

  /** What a read would find now, without reading. */
  public Explanation explain(Consistency consistency) {
    long now = shard.clock().nanos();
    return new Explainer(shard.group(), shard.routes(), strategy)
        .explain(ReadTerms.of(consistency, shard.group(), now), now);
  }
}
