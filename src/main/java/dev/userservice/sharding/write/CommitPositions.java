package dev.userservice.sharding.write;

import dev.userservice.datasource.Failure;
import dev.userservice.replication.AnswerPosition;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.sharding.Shard;
import dev.userservice.time.Ticker;
import dev.userservice.wal.LogPosition;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Learns a position of the log that includes a commit that was just confirmed: the primary's, asked
 * afterwards, in one round trip. The write is done whatever comes of it: when no primary answers
 * within {@code users.replication.probe-deadline}, or it takes no connection for the question, the
 * position is one that only a primary reaches. Blocks; thread-safe.
 */
@Singleton
final class CommitPositions {

  private final long deadlineNanos;
  private final Ticker ticker;

  CommitPositions(ReplicationConfig config, Ticker ticker) {
    this.deadlineNanos = config.probeDeadline().toNanos();
    this.ticker = ticker;
  }

  LogPosition now(Shard shard) {
    ReplicationGroup group = shard.group();
    long deadline = ticker.nanos() + deadlineNanos;
    try {
      while (ticker.nanos() < deadline) {
        MonitoredEndpoint primary =
            group.nextPrimary().toCompletableFuture().get(left(deadline), TimeUnit.NANOSECONDS);
        try {
          return ask(group, primary, deadline);
        } catch (ExecutionException failed) {
          Failure kind = Failure.of(failed);
          if (kind != Failure.SERVER_GONE && kind != Failure.NOT_PRIMARY) {
            return LogPosition.endOf(group.timeline());
          }
          group.reportFailure(primary);
        }
      }
    } catch (TimeoutException | ExecutionException none) {
      return LogPosition.endOf(group.timeline());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return LogPosition.endOf(group.timeline());
  }

  private LogPosition ask(ReplicationGroup group, MonitoredEndpoint primary, long deadline)
      throws ExecutionException, InterruptedException, TimeoutException {
    int timeline = primary.state().position().timeline();
    long sentAt = ticker.nanos();
    CompletableFuture<Long> answer =
        primary
            .reads()
            .execute(AnswerPosition.ALONE, Tuple.tuple())
            .map(AnswerPosition::replayedLsn)
            .toCompletionStage()
            .toCompletableFuture();
    long lsn = answer.get(left(deadline), TimeUnit.NANOSECONDS);
    group.showed(primary, lsn, sentAt);
    return new LogPosition(timeline, lsn);
  }

  private long left(long deadline) {
    return Math.max(1, deadline - ticker.nanos());
  }
}
