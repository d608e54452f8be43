package dev.userservice.sharding;

import dev.userservice.consistency.Consistency;
import dev.userservice.datasource.Failure;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.routing.ReadStatement;
import dev.userservice.routing.Served;
import dev.userservice.sharding.map.CurrentShardMap;
import dev.userservice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Reads one user from the shard that owns the user's slot, by the newest map. One round trip if the
 * user is there. A miss is confirmed by one more, which asks the database in the same snapshot
 * whether it owns the slot; if it does not, the newest map is learned and the read follows the
 * slot. While a slot is between two owners, no shard can confirm a miss; a read waits for that no
 * longer than {@code users.replication.primary-wait}. Never blocks; thread-safe.
 */
@Singleton
public final class OwnerReads {

  private static final String FOREIGN_SLOT = "US001";
  private static final long PAUSE_MILLIS = 10;

  private final Shards shards;
  private final CurrentShardMap map;
  private final Vertx vertx;
  private final Ticker ticker;
  private final long waitNanos;

  OwnerReads(
      Shards shards, CurrentShardMap map, Vertx vertx, Ticker ticker, ReplicationConfig config) {
    this.shards = shards;
    this.map = map;
    this.vertx = vertx;
    this.ticker = ticker;
    this.waitNanos = config.primaryWait().toNanos();
  }

  /**
   * What a database that was asked whether it owns a slot has found.
   *
   * @param value what was looked for
   * @param owned whether the database's shard owns the slot, as of the same snapshot
   * @param <T> what was looked for
   */
  public record Found<T>(Optional<T> value, boolean owned) {}

  /**
   * Reads a user.
   *
   * @param plain finds the user, by the ID as its only parameter
   * @param confirming finds the user, and tells whether the shard owns the slot
   */
  public <T> Future<Served<Optional<T>>> read(
      long id,
      ReadStatement<Optional<T>> plain,
      ReadStatement<Found<T>> confirming,
      Consistency consistency) {
    Shard shard = shards.of(id);
    Tuple arguments = Tuple.of(id);
    return shard
        .read(plain, arguments, consistency)
        .compose(
            served ->
                served.value().isPresent()
                    ? Future.succeededFuture(served)
                    : new Search<>(id, confirming, arguments, consistency).in(shard));
  }

  /** The search for a user that the shard that should have it has not. */
  private final class Search<T> {

    private final long id;
    private final ReadStatement<Found<T>> statement;
    private final Tuple arguments;
    private final Consistency consistency;
    private final long beganAt = ticker.nanos();

    Search(long id, ReadStatement<Found<T>> statement, Tuple arguments, Consistency consistency) {
      this.id = id;
      this.statement = statement;
      this.arguments = arguments;
      this.consistency = consistency;
    }

    Future<Served<Optional<T>>> in(Shard shard) {
      return shard
          .read(statement, arguments, consistency)
          .transform(
              answer -> {
                if (answer.succeeded() && isCertain(answer.result().value())) {
                  return Future.succeededFuture(answer.result().map(Found::value));
                }
                if (answer.failed() && !Failure.hasSqlState(answer.cause(), FOREIGN_SLOT)) {
                  return Future.failedFuture(answer.cause());
                }
                return map.readFrom(shard.group()).compose(newest -> after(shard));
              });
    }

    private boolean isCertain(Found<T> found) {
      return found.owned() || found.value().isPresent();
    }

    private Future<Served<Optional<T>>> after(Shard refusing) {
      Shard owner = shards.of(id);
      if (owner != refusing) {
        return in(owner);
      }
      if (ticker.nanos() - beganAt >= waitNanos) {
        return Future.failedFuture(new NoOwnerException(refusing.number()));
      }
      Promise<Served<Optional<T>>> promise = Promise.promise();
      vertx.setTimer(PAUSE_MILLIS, passed -> in(shards.of(id)).onComplete(promise));
      return promise.future();
    }
  }
}
