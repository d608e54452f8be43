package dev.userservice.sharding.write;

import dev.userservice.consistency.Consistency;
import dev.userservice.datasource.Failure;
import dev.userservice.http.ProblemException;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.PrimaryUnavailableException;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.sharding.Replies;
import dev.userservice.sharding.Reply;
import dev.userservice.sharding.Shard;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs a write as one transaction on the primary of its shard, wherever that is now.
 *
 * <p>When the primary turns out to be gone or demoted, the write waits for the next one (no longer
 * than {@code users.replication.primary-wait}) and is run once more: as it is when its commit was
 * never sent, else as its {@link Repeat} says, which first looks whether the commit happened. When
 * that cannot be told, the caller is told so. Blocks; thread-safe; belongs in a request's context.
 */
@Singleton
public final class ShardTransactions {

  private final CurrentShard current;
  private final Duration primaryWait;
  private final CommitPositions positions;
  private final Replies replies;

  ShardTransactions(
      CurrentShard current, ReplicationConfig config, CommitPositions positions, Replies replies) {
    this.current = current;
    this.primaryWait = config.primaryWait();
    this.positions = positions;
    this.replies = replies;
  }

  /**
   * Runs the write; its result is answered only after the commit was confirmed, with a token that
   * includes it. Costs one round trip more than the write and its commit.
   *
   * @throws OutcomeUnknownException if it may or may not have been committed
   */
  public <T> Reply<T> run(Shard shard, Consistency session, Supplier<T> write, Repeat<T> repeat) {
    T result = committed(shard, write, repeat);
    return replies.written(result, Map.of(shard.number(), positions.now(shard)), session);
  }

  private <T> T committed(Shard shard, Supplier<T> write, Repeat<T> repeat) {
    Attempt<T> first = new Attempt<>(write);
    try {
      return run(shard, first);
    } catch (LostPrimaryException lost) {
      Supplier<T> again =
          first
              .sent()
              .<Supplier<T>>map(result -> () -> resolved(shard, repeat, result, lost))
              .orElse(write);
      return repeated(shard, new Attempt<>(again), first.sent().isPresent(), lost);
    }
  }

  private static <T> T resolved(Shard shard, Repeat<T> repeat, T first, LostPrimaryException lost) {
    return repeat.after(first).orElseThrow(() -> new OutcomeUnknownException(shard.number(), lost));
  }

  private <T> T repeated(
      Shard shard, Attempt<T> again, boolean firstSent, LostPrimaryException lost) {
    try {
      return run(shard, again);
    } catch (LostPrimaryException second) {
      second.addSuppressed(lost);
      if (firstSent || again.sent().isPresent()) {
        throw new OutcomeUnknownException(shard.number(), second);
      }
      throw new WriteUnavailableException(shard.number(), second);
    } catch (PrimaryUnavailableException | WriteUnavailableException none) {
      throw firstSent ? new OutcomeUnknownException(shard.number(), lost) : none;
    } catch (RequestInProgressException own) {
      throw firstSent
          ? new OutcomeUnknownException(shard.number(), lost)
          : new WriteUnavailableException(shard.number(), lost);
    }
  }

  private <T> T run(Shard shard, Attempt<T> attempt) {
    ReplicationGroup group = shard.group();
    MonitoredEndpoint primary = group.awaitPrimary(primaryWait);
    current.set(shard.number());
    try {
      return QuarkusTransaction.requiringNew().call(attempt::run);
    } catch (RuntimeException failure) {
      throw classified(group, primary, failure);
    }
  }

  private static RuntimeException classified(
      ReplicationGroup group, MonitoredEndpoint primary, RuntimeException failure) {
    RuntimeException cause = unwrapped(failure);
    if (cause instanceof ProblemException) {
      return cause;
    }
    return switch (Failure.of(cause)) {
      case NOT_PRIMARY, SERVER_GONE -> {
        group.reportFailure(primary);
        yield new LostPrimaryException(cause);
      }
      case TIMED_OUT -> new WriteUnavailableException(group.shard(), cause);
      case STATEMENT -> cause;
    };
  }

  private static RuntimeException unwrapped(RuntimeException failure) {
    return failure instanceof QuarkusTransactionException
            && failure.getCause() instanceof RuntimeException cause
        ? cause
        : failure;
  }
}
