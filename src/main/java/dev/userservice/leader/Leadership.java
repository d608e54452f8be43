package dev.userservice.leader;

import dev.userservice.background.DaemonThreads;
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
 * What a leader works with. Each of its transactions begins with its epoch: the database refuses it
 * (SQLSTATE {@link #REFUSED}) if a newer one has acted there, and lets no newer one act before the
 * transaction has ended. So it does not matter whether this process is right to think that it leads
 * (Kleppmann, <i>How to do distributed locking</i>, 2016, on fencing tokens). Thread-safe.
 */
public final class Leadership {

  /** The SQLSTATE of a statement whose epoch is over. */
  public static final String REFUSED = "US002";

  static final String SESSION = "user-service leader ";

  private static final Duration DEADLINE = Duration.ofSeconds(8);

  private final Term term;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService shards =
      Executors.newCachedThreadPool(DaemonThreads.named("leader-shard"));

  /** A leadership with nothing done in it. */
  public Leadership(Term term) {
    this.term = term;
  }

  /** Its number. */
  public long epoch() {
    return term.epoch();
  }

  /**
   * Runs work on a shard's primary as one transaction of this epoch. Blocks, while it waits for a
   * primary and for each answer no longer than 8 s.
   */
  public <T> T transaction(ReplicationGroup group, Work<T> work) throws SQLException {
    try (Connection connection = connect(group, DEADLINE)) {
      connection.setAutoCommit(false);
      enter(connection);
      T result = work.on(connection);
      connection.commit();
      return result;
    }
  }

  /**
   * A connection to a shard's primary that is closed when the leadership ends. Whatever is changed
   * by it belongs in a transaction that begins with {@link #enter}.
   *
   * @param silence how long the database may owe an answer, zero for any time
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
   * Does the same on all shards, at the same time, so that none waits for another that hangs.
   * Throws the first failure after all have ended.
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

  /** The same as a data source, for libraries; its answers may take any time. */
  public DataSource dataSource(ReplicationGroup group) {
    return new PGSimpleDataSource() {
      private static final long serialVersionUID = 1L;

      @Override
      public Connection getConnection() throws SQLException {
        return connect(group, Duration.ZERO);
      }
    };
  }

  /** Begins a transaction of this epoch, or finds it refused. */
  public void enter(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT election.enter(?)")) {
      statement.setLong(1, epoch());
      statement.execute();
    }
  }

  /** Waits; answers whether the leadership has ended. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return end.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  public boolean ended() {
    return end.getCount() == 0;
  }

  public Term term() {
    return term;
  }

  /** Closes whatever is open, also under a thread that waits for an answer. Does not block. */
  public void end() {
    end.countDown();
    shards.shutdownNow();
    open.forEach(Leadership::abort);
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      // It is closed then.
    }
  }

  private static boolean closed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException gone) {
      return true;
    }
  }

  /** What is done on each shard. */
  @FunctionalInterface
  public interface ShardWork {

    /** Does it on one. */
    void on(ReplicationGroup group) throws Exception;
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  public interface Work<T> {

    /** Does it; what it throws rolls the transaction back. */
    T on(Connection connection) throws SQLException;
  }
}
