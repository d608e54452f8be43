package dev.userservice.sharding.write;

import dev.userservice.consistency.Consistency;
import dev.userservice.datasource.Failure;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.sharding.Replies;
import dev.userservice.sharding.Reply;
import dev.userservice.sharding.Shard;
import dev.userservice.wal.LogPosition;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs one statement with many rows on a shard's primary, outside Hibernate ORM and in a
 * transaction of its own: one round trip, commit included. When the primary is lost on the way it
 * waits for the next one and repeats the statement once. Blocks; thread-safe.
 */
@Singleton
public final class BulkWrites {

  private final Duration primaryWait;
  private final CommitPositions positions;
  private final Replies replies;

  BulkWrites(ReplicationConfig config, CommitPositions positions, Replies replies) {
    this.primaryWait = config.primaryWait();
    this.positions = positions;
    this.replies = replies;
  }

  /**
   * A bulk statement that can tell its own rows from others'.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Statement<T> {

    /**
     * Runs the statement.
     *
     * @param repeated whether an earlier run may have been committed without an answer
     */
    T on(Connection connection, boolean repeated) throws SQLException;
  }

  /** Runs the statement; its result is answered only after the commit was confirmed. */
  public <T> T run(Shard shard, Statement<T> statement) {
    try {
      return attempt(shard, statement, false);
    } catch (LostPrimaryException first) {
      try {
        return attempt(shard, statement, true);
      } catch (LostPrimaryException second) {
        second.addSuppressed(first);
        throw new OutcomeUnknownException(shard.number(), second);
      }
    }
  }

  /** A value, with a token that includes all that was written to the shards until now. */
  public <T> Reply<T> reply(T value, Collection<Shard> written, Consistency session) {
    Map<Integer, LogPosition> included = new TreeMap<>();
    written.forEach(shard -> included.put(shard.number(), positions.now(shard)));
    return replies.written(value, included, session);
  }

  private <T> T attempt(Shard shard, Statement<T> statement, boolean repeated) {
    MonitoredEndpoint primary = shard.group().awaitPrimary(primaryWait);
    try (Connection connection = primary.writes().dataSource().getConnection()) {
      return statement.on(connection, repeated);
    } catch (SQLException failure) {
      switch (Failure.of(failure)) {
        case NOT_PRIMARY, SERVER_GONE -> {
          shard.group().reportFailure(primary);
          throw new LostPrimaryException(failure);
        }
        case TIMED_OUT -> throw new WriteUnavailableException(shard.number(), failure);
        case STATEMENT -> throw new IllegalStateException(failure);
      }
      throw new AssertionError(failure);
    }
  }
}
