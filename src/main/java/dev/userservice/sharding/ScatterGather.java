package dev.userservice.sharding;

import dev.userservice.sharding.map.ShardingConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Asks several shards at a time and waits for all of them, or until the deadline. One round trip to
 * each shard; the slowest one sets the time. Thread-safe.
 */
@Singleton
public final class ScatterGather {

  private final Vertx vertx;
  private final long deadlineMillis;

  ScatterGather(Vertx vertx, ShardingConfig config) {
    this.vertx = vertx;
    this.deadlineMillis = config.scatterDeadline().toMillis();
  }

  /**
   * Asks each shard. The future never fails: what each shard answered, failed with, or left open at
   * the deadline is in the {@link Gathered} result, and its user decides whether a part will do.
   */
  public <T> Future<Gathered<T>> ask(
      Collection<Shard> shards, Function<Shard, Future<T>> question) {
    Promise<Gathered<T>> promise = Promise.promise();
    Gathering<T> gathering = new Gathering<>(shards, promise);
    long timer = vertx.setTimer(deadlineMillis, late -> gathering.finish());
    promise.future().onComplete(done -> vertx.cancelTimer(timer));
    for (Shard shard : shards) {
      question
          .apply(shard)
          .onSuccess(answer -> gathering.answered(shard, answer))
          .onFailure(failure -> gathering.failed(shard, failure));
    }
    if (shards.isEmpty()) {
      gathering.finish();
    }
    return promise.future();
  }

  private static final class Gathering<T> {

    private final Collection<Shard> asked;
    private final Promise<Gathered<T>> promise;
    private final SortedMap<Integer, T> answers = new TreeMap<>();
    private final SortedMap<Integer, Throwable> failures = new TreeMap<>();

    Gathering(Collection<Shard> asked, Promise<Gathered<T>> promise) {
      this.asked = asked;
      this.promise = promise;
    }

    synchronized void answered(Shard shard, T answer) {
      answers.put(shard.number(), answer);
      finishIfComplete();
    }

    synchronized void failed(Shard shard, Throwable failure) {
      failures.put(shard.number(), failure);
      finishIfComplete();
    }

    synchronized void finish() {
      for (Shard shard : asked) {
        if (!answers.containsKey(shard.number())) {
          failures.computeIfAbsent(shard.number(), ScatterTimeoutException::new);
        }
      }
      promise.tryComplete(new Gathered<>(answers, failures));
    }

    private void finishIfComplete() {
      if (answers.size() + failures.size() == asked.size()) {
        finish();
      }
    }
  }
}
