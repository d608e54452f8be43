package dev.userservice.sharding;

import dev.userservice.datasource.Failure;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
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
   * MissingShardsException} when the servers of a shard fail or have not answered at the deadline.
   * What is wrong with the question itself, such as a value that the databases refuse or a lost
   * session, is told as such.
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
    return failures.isEmpty()
        ? Future.succeededFuture(complete)
        : Future.failedFuture(answer(failures));
  }

  /** What the caller is told: a later try helps only if nothing but servers is to blame. */
  private static Throwable answer(SortedMap<Integer, Throwable> failures) {
    Throwable defect = null;
    for (Throwable failure : failures.values()) {
      if (isUnavailability(failure)) {
        continue;
      }
      String state = Failure.refusedValue(failure);
      if (state != null) {
        return new ProblemException(
            ProblemType.MALFORMED_REQUEST,
            "The database refuses a value of the question (SQLSTATE " + state + ").",
            failure);
      }
      if (failure instanceof ProblemException) {
        return failure;
      }
      defect = failure;
    }
    return defect == null ? new MissingShardsException(failures) : defect;
  }

  private static boolean isUnavailability(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return problem.problem().status() >= 500;
    }
    return failure instanceof TimeoutException || Failure.of(failure) != Failure.STATEMENT;
  }

  private static TimeoutException late(int shard) {
    return new TimeoutException(
        "shard " + shard + " did not answer within users.sharding.scatter-deadline");
  }
}
