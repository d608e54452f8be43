package dev.userservice.sharding;

import dev.userservice.datasource.CurrentShard;
import dev.userservice.datasource.Failure;
import dev.userservice.http.ProblemException;
import dev.userservice.replication.Consistency;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.PrimaryUnavailableException;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
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
 * than {@code users.replication.primary-wait}) and is repeated once, if that is safe: always before
 * its commit was sent, afterwards only if it is {@link Repeat#SAFE}. Otherwise the caller is told
 * that the outcome is unknown. Blocks; thread-safe; belongs in a request's context.
 */
@Singleton
public final class ShardTransactions {

  /** Whether a write may be repeated after a commit that was never answered. */
  public enum Repeat {
    /** A repetition changes nothing more: the write sets a state, or knows its own traces. */
    SAFE,
    /** A repetition would be a second write. */
    UNSAFE
  }

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
   */
  public <T> Reply<T> run(Shard shard, Repeat repeat, Consistency session, Supplier<T> write) {
    T result = committed(shard, repeat, write);
    return replies.written(result, Map.of(shard.number(), positions.now(shard)), session);
  }

  private <T> T committed(Shard shard, Repeat repeat, Supplier<T> write) {
    try {
      return attempt(shard, write);
    } catch (LostPrimaryException first) {
      if (first.commitSent() && repeat == Repeat.UNSAFE) {
        throw new OutcomeUnknownException(shard.number(), first);
      }
      return repeated(shard, write, first);
    }
  }

  private <T> T repeated(Shard shard, Supplier<T> write, LostPrimaryException first) {
    try {
      return attempt(shard, write);
    } catch (LostPrimaryException second) {
      second.addSuppressed(first);
      if (second.commitSent() || first.commitSent()) {
        throw new OutcomeUnknownException(shard.number(), second);
      }
      throw new WriteUnavailableException(shard.number(), second);
    } catch (PrimaryUnavailableException | WriteUnavailableException none) {
      throw first.commitSent() ? new OutcomeUnknownException(shard.number(), first) : none;
    }
  }

  private <T> T attempt(Shard shard, Supplier<T> write) {
    ReplicationGroup group = shard.group();
    MonitoredEndpoint primary = group.awaitPrimary(primaryWait);
    current.set(shard.number());
    boolean[] committing = {false};
    try {
      return QuarkusTransaction.requiringNew()
          .call(
              () -> {
                T result = write.get();
                committing[0] = true;
                return result;
              });
    } catch (RuntimeException failure) {
      throw classified(group, primary, failure, committing[0]);
    }
  }

  private static RuntimeException classified(
      ReplicationGroup group, MonitoredEndpoint primary, RuntimeException failure, boolean sent) {
    RuntimeException cause = unwrapped(failure);
    if (cause instanceof ProblemException) {
      return cause;
    }
    return switch (Failure.of(cause)) {
      case NOT_PRIMARY, SERVER_GONE -> {
        group.reportFailure(primary);
        yield new LostPrimaryException(cause, sent);
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
