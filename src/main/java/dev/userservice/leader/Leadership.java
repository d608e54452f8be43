package dev.userservice.leader;

import dev.userservice.background.DaemonThreads;
import dev.userservice.datasource.ConfirmedTransactions;
import dev.userservice.replication.ReplicationGroup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The databases, under the epoch of a leader. Each transaction begins with the epoch. A database
 * refuses it (SQLSTATE {@link #REFUSED}) if a newer epoch has acted there, and lets no newer epoch
 * act before the transaction has ended. So a process that wrongly believes it leads cannot change
 * anything (Kleppmann, <i>How to do distributed locking</i>, 2016, on fencing tokens). Thread-safe.
 */
public final class Leadership {

  /** The SQLSTATE with which a database refuses an epoch that is over. */
  public static final String REFUSED = "US002";

  static final String SESSION = "user-service leader ";

  private static final Duration DEADLINE = Duration.ofSeconds(8);

  private final Term term;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService shards =
      Executors.newCachedThreadPool(DaemonThreads.named("leader-shard"));

  /** A leadership without open connections. */
  public Leadership(Term term) {
    this.term = term;
  }

  /** The epoch of the leadership. */
  public long epoch() {
    return term.epoch();
  }

  /**
   * Runs work on a shard's primary as one transaction of this epoch. Blocks; it waits at most 8 s
   * for a primary, and at most 8 s for each answer.
   */
  public <T> T transaction(ReplicationGroup group, Work<T> work) throws SQLException {
    try (Connection connection = connect(group, DEADLINE)) {
      connection.setAutoCommit(false);
      enter(connection);
      T result = work.on(connection);
      ConfirmedTransactions.commit(connection);
      return result;
    }
  }

  /**
   * A connection to a shard's primary that is closed when the leadership ends. Every change must be
   * in a transaction that begins with {@link #enter}.
   *
   * @param silence the longest time without an answer of the database; zero means no limit
   */
  public Connection connect(ReplicationGroup group, Duration silence) throws SQLException {
    Connection connection =
        group
            .awaitPrimary(DEADLINE)
            .writes()
            .unpooledForMigrator(SESSION + epoch(), silence)
            .getConnection();
    open.removeIf(Leadership::closed);
    open.add(connection);
    if (ended()) {
      abort(connection);
    }
    return connection;
  }

  /**
   * Does the same on all shards at the same time, so that no shard waits for one that hangs. Throws
   * the first failure after all have ended.
   */
  public void onEach(List<ReplicationGroup> groups, ShardWork work) throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (ReplicationGroup group : groups) {
      calls.add(
          () -> {
            work.on(group);
            return group;
          });
    }
    Throwable failure = null;
    for (Future<Object> call : shards.invokeAll(calls)) {
      try {
        call.get();
      } catch (ExecutionException failed) {
        failure = failure == null ? failed.getCause() : failure;
      }
    }
    if (failure != null) {
      throw failure instanceof Exception exception ? exception : new ExecutionException(failure);
    }
  }

  /** The same as a data source, for libraries. Its answers have no time limit. */
  public DataSource dataSource(ReplicationGroup group) {
    return new PGSimpleDataSource() {
      private static final long serialVersionUID = 1L;

      @Override
      public Connection getConnection() throws SQLException {
        return connect(group, Duration.ZERO);
      }
    };
  }

  /** Begins a transaction of this epoch. Throws if the database refuses the epoch. */
  public void enter(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT election.enter(?)")) {
      statement.setLong(1, epoch());
      statement.execute();
    }
  }

  /** Waits for the end of the leadership. Returns whether it has ended. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return end.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  public boolean ended() {
    return end.getCount() == 0;
  }

  public Term term() {
    return term;
  }

  /** Closes all connections, also one on which a thread waits for an answer. Does not block. */
  public void end() {
    end.countDown();
    shards.shutdownNow();
    open.forEach(Leadership::abort);
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      // It is closed in that case.
    }
  }

  private static boolean closed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException gone) {
      return true;
    }
  }

  /** Work on each shard. */
  @FunctionalInterface
  public interface ShardWork {

    /** Does the work on one shard. */
    void on(ReplicationGroup group) throws Exception;
  }

  /** Work in a transaction. */
  @FunctionalInterface
  public interface Work<T> {

    /** Does the work. Every exception rolls the transaction back. */
    T on(Connection connection) throws SQLException;
  }
}
