package dev.userservice.drill;

import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.EmbeddedServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps one replica of a shard behind while a drill runs: in turns of 700 ms its replay is delayed
 * or paused. After a promotion it is another server.
 */
final class LaggingReplica implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LaggingReplica.class);
  private static final Duration TURN = Duration.ofMillis(700);

  private final DrillCluster cluster;
  private final int shard;
  private final int which;
  private final int cycle;
  private final int pausedTurns;
  private final Random random;
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
  private boolean mayPause = true;
  private int turn;

  private LaggingReplica(
      DrillCluster cluster, int shard, int which, int cycle, int pausedTurns, long seed) {
    this.cluster = cluster;
    this.shard = shard;
    this.which = which;
    this.cycle = cycle;
    this.pausedTurns = pausedTurns;
    this.random = new Random(seed);
  }

  /** The first replica, delayed for two turns, then paused for one. */
  static LaggingReplica delayedAndPaused(DrillCluster cluster, int shard, long seed) {
    return new LaggingReplica(cluster, shard, 0, 3, 1, seed);
  }

  /** The first replica, paused for almost three seconds at a time. */
  static LaggingReplica pausedForLong(DrillCluster cluster, int shard, long seed) {
    return new LaggingReplica(cluster, shard, 0, 6, 4, seed);
  }

  /** The second replica, always delayed, never paused. */
  static LaggingReplica delayed(DrillCluster cluster, int shard, long seed) {
    return new LaggingReplica(cluster, shard, 1, 1, 0, seed);
  }

  void start() {
    var unused =
        turns.scheduleWithFixedDelay(this::next, 0, TURN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Delays replay and does not pause it: a replica with paused replay does not connect to a new
   * primary, and a commit needs a replica that does.
   */
  synchronized void pauseNoMore() {
    mayPause = false;
    replay(server -> cluster.lag().resume(server));
  }

  synchronized void pauseAgain() {
    mayPause = true;
  }

  @Override
  public void close() {
    turns.shutdown();
    try {
      if (!turns.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("the injection of lag does not end");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    replay(server -> cluster.lag().end(server));
  }

  private synchronized void next() {
    if (turn++ % cycle >= cycle - pausedTurns && mayPause) {
      replay(server -> cluster.lag().pause(server));
      return;
    }
    Duration delay = Duration.ofMillis(50 + random.nextInt(151));
    replay(
        server -> {
          cluster.lag().resume(server);
          cluster.lag().delay(server, delay);
        });
  }

  private void replay(Change change) {
    try {
      EmbeddedServer replica = cluster.replicas(shard).get(which);
      change.on(replica.endpoint());
    } catch (SQLException | IndexOutOfBoundsException unavailable) {
      // During a failover there may be no replica to delay; the next turn tries again.
      LOG.infof("no lag this turn: %s", unavailable.getMessage());
    }
  }

  private interface Change {
    void on(Endpoint server) throws SQLException;
  }
}
