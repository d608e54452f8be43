package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.LeftoverProcesses;
import dev.userservice.embedded.server.PostgresServer;
import dev.userservice.time.Ticker;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Keeps one replica attached to the primary: restarts it when it has died, and rebuilds it when its
 * files are unusable, when it ends after each of several starts, or when it does not attach to the
 * primary in time. Belongs to the thread of its shard; only the copy is made by another thread,
 * since the primary may die meanwhile.
 */
final class ReplicaSupervision {

  private static final Logger LOG = Logger.getLogger(ReplicaSupervision.class);
  private static final int STARTS = 3;
  private static final long ATTACH_TIMEOUT_NANOS = Duration.ofSeconds(60).toNanos();

  private final ShardServers servers;
  private final PostgresServer replica;
  private final Runnable onExit;
  private final Executor shardThread;
  private final Executor copyThread;
  private final Ticker ticker;

  private int starts;
  private long attachedAt;
  private boolean rebuilding;

  ReplicaSupervision(
      ShardServers servers,
      PostgresServer replica,
      Runnable onExit,
      Executor shardThread,
      Executor copyThread) {
    this.servers = servers;
    this.replica = replica;
    this.onExit = onExit;
    this.shardThread = shardThread;
    this.copyThread = copyThread;
    this.ticker = servers.cluster().polling().ticker();
    attachedAt = ticker.nanos();
  }

  boolean isFor(PostgresServer server) {
    return replica == server;
  }

  /** Acts on the replica's files and process. The primary must be alive. */
  void check(PostgresServer primary) throws IOException {
    if (rebuilding) {
      return;
    }
    if (!replica.data().isUsableReplica() || starts > STARTS) {
      rebuild(primary);
    } else if (!replica.isAlive()) {
      start(primary);
    }
  }

  /** Acts on the state of the replica that the primary reports. */
  void check(PostgresServer primary, ReplicaState state) throws IOException {
    if (rebuilding) {
      return;
    }
    if (state.attached().contains(replica.name())) {
      starts = 0;
      attachedAt = ticker.nanos();
    } else if (state.lostSlots().contains(replica.slot())
        || (replica.isReady() && ticker.nanos() - attachedAt > ATTACH_TIMEOUT_NANOS)) {
      rebuild(primary);
    }
  }

  private void start(PostgresServer primary) throws IOException {
    starts++;
    attachedAt = ticker.nanos();
    new LeftoverProcesses(servers.cluster().polling()).endAll(replica.data());
    servers.configure(replica, primary);
    replica.start(onExit);
  }

  private void rebuild(PostgresServer primary) throws IOException {
    LOG.infof("Rebuilding replica %s from %s", replica.name(), primary.name());
    rebuilding = true;
    replica.end();
    copyThread.execute(() -> copy(primary));
  }

  private void copy(PostgresServer primary) {
    try {
      new BaseBackup(servers, primary, replica).run();
      shardThread.execute(() -> install(primary));
    } catch (IOException | SQLException | RuntimeException failed) {
      LOG.warnf("Replica %s could not be copied: %s", replica.name(), failed.getMessage());
      shardThread.execute(() -> rebuilding = false);
    }
  }

  private void install(PostgresServer primary) {
    rebuilding = false;
    // After another failover the copied server is no longer the primary.
    if (!primary.isAlive() || !primary.data().isPrimary()) {
      return;
    }
    try {
      servers.configure(replica, replica.data().partial(), primary);
      replica.data().install();
      starts = 0;
      start(primary);
    } catch (IOException failed) {
      LOG.warnf("Replica %s could not be installed: %s", replica.name(), failed.getMessage());
    }
  }
}
