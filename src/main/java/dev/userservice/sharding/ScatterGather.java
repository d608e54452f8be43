package dev.userservice.sharding;

import dev.userservice.consistency.SessionLostException;
import dev.userservice.datasource.Failure;
import dev.userservice.sharding.map.ShardingConfig;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Asks several shards at the same time and waits for all of them, at most until the deadline. Costs
 * one round trip to each shard; the slowest one sets the time. Thread-safe.
 */
@Singleton
public final class ScatterGather {

  private final long deadlineMillis;

  ScatterGather(ShardingConfig config) {
    this.deadlineMillis = config.scatterDeadline().toMillis();
  }

  /**
   * The answers of all shards, in the order of their numbers. Fails with {@link
   * MissingShardsException} when a shard fails or has not answered at the deadline, and with {@link
   * SessionLostException} when a shard does. A statement that a shard refuses is no unavailable
   * shard: it fails with that failure.
   */
  public <T> Future<List<T>> ask(Collection<Shard> shards, Function<Shard, Future<T>> question) {
    SortedMap<Integer, Future<T>> answers = new TreeMap<>();
    for (Shard shard : shards) {
      answers.put(shard.number(), question.apply(shard));
    }
    return gather(answers);
  }

  <T> Future<List<T>> gather(SortedMap<Integer, Future<T>> answers) {
    return Future.join(List.copyOf(answers.values()))
        .timeout(deadlineMillis, TimeUnit.MILLISECONDS)
        .transform(ended -> complete(answers));
  }

  private static <T> Future<List<T>> complete(SortedMap<Integer, Future<T>> answers) {
    List<T> complete = new ArrayList<>(answers.size());
    SortedMap<Integer, Throwable> failures = new TreeMap<>();
    answers.forEach(
        (shard, answer) -> {
          if (answer.succeeded()) {
            complete.add(answer.result());
          } else {
            failures.put(shard, answer.failed() ? answer.cause() : late(shard));
          }
        });
    for (Throwable failure : failures.values()) {
      if (failure instanceof SessionLostException || Failure.isOfStatement(failure)) {
        return Future.failedFuture(failure);
      }
    }
    return failures.isEmpty()
        ? Future.succeededFuture(complete)
        : Future.failedFuture(new MissingShardsException(failures));
  }

  private static TimeoutException late(int shard) {
    return new TimeoutException(
        "shard " + shard + " did not answer within users.sharding.scatter-deadline");
  }
}
