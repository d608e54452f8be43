package dev.userservice.embedded.shard;

import dev.userservice.background.DaemonThreads;
import dev.userservice.background.FailureLog;
import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.InParallel;
import dev.userservice.embedded.server.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One shard and its supervision. One thread takes all decisions: when a process exits, and once a
 * second, it compares the state of processes and directories with the wanted one and acts.
 */
public final class EmbeddedShard {

  private static final Logger LOG = Logger.getLogger(EmbeddedShard.class);
  private static final long PERIOD_MILLIS = 1_000;

  private final ShardServers servers;
  private final Failover failover;
  private final ScheduledExecutorService decisions;
  private final ExecutorService copies;
  private final List<ReplicaSupervision> replicas;
  private final FailureLog log = new FailureLog();
  private volatile @Nullable PostgresServer primary;

  private EmbeddedShard(ShardServers servers) {
    this.servers = servers;
    failover = new Failover(servers, this::onExit);
    ThreadFactory daemon = DaemonThreads.named("embedded-shard-" + servers.shard());
    decisions = Executors.newSingleThreadScheduledExecutor(daemon);
    copies = Executors.newCachedThreadPool(daemon);
    replicas =
        servers.all().stream()
            .map(
                server ->
                    new ReplicaSupervision(servers, server, this::onExit, this::decide, copies))
            .toList();
  }

  /** A shard of one server for each port; starts nothing. */
  public static EmbeddedShard of(int shard, List<Integer> ports, ClusterContext cluster) {
    return new EmbeddedShard(ShardServers.of(shard, ports, cluster));
  }

  /** The name of a server by its place in the shard. */
  public static String serverName(int shard, int index) {
    return ShardServers.name(shard, index);
  }

  public List<PostgresServer> servers() {
    return servers.all();
  }

  public @Nullable PostgresServer primary() {
    return primary;
  }

  /** Starts all servers and the supervision. */
  public void start() {
    InParallel.forEach(List.of(this), EmbeddedShard::bringUp, decisions);
  }

  private void bringUp() throws IOException {
    if (servers.all().stream().noneMatch(server -> server.data().exists())) {
      new Initialization(servers).run();
    }
    PostgresServer first = failover.atStart();
    primary = first;
    makeSlots(first);
    checkReplicas(first);
    awaitReplicas(first);
    var unused =
        decisions.scheduleWithFixedDelay(
            this::reconcile, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends the supervision. */
  public void stopSupervision() {
    decisions.shutdown();
    copies.shutdown();
    try {
      if (!decisions.awaitTermination(5, TimeUnit.SECONDS)
          || !copies.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warnf("The supervision of shard %d has not ended within 5 s", servers.shard());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void makeSlots(PostgresServer on) {
    try {
      servers.makeSlots(on);
    } catch (SQLException failed) {
      throw new EmbeddedClusterException("no slots could be made on " + on.name(), failed);
    }
  }

  // A write is acknowledged only when a replica has it, so a shard without replicas is not ready.
  private void awaitReplicas(PostgresServer first) throws IOException {
    for (PostgresServer replica : servers.except(first)) {
      if (replica.isAlive()) {
        replica.awaitReady(servers.cluster().startupTimeout());
      }
    }
  }

  private void onExit() {
    decide(this::reconcile);
  }

  private void decide(Runnable task) {
    try {
      decisions.execute(task);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Not decided, since the cluster stops", stopping);
    }
  }

  private void reconcile() {
    try {
      PostgresServer current = primary;
      if (current == null || servers.all().stream().anyMatch(PostgresServer::mayBeStopping)) {
        return;
      }
      if (!current.isAlive()) {
        current = failover.after(current);
        primary = current;
        makeSlots(current);
      }
      checkReplicas(current);
      servers.all().forEach(PostgresServer::recordChildren);
      log.succeeded();
    } catch (IOException | RuntimeException failed) {
      if (log.failed(String.valueOf(failed.getMessage()))) {
        LOG.warnf("Shard %d: %s", servers.shard(), failed.getMessage());
      }
    }
  }

  private void checkReplicas(PostgresServer current) throws IOException {
    for (ReplicaSupervision replica : replicas) {
      if (!replica.isFor(current)) {
        replica.check(current);
      }
    }
    try {
      ReplicaState state = ReplicaState.seenBy(current, servers);
      for (ReplicaSupervision replica : replicas) {
        if (!replica.isFor(current)) {
          replica.check(current, state);
        }
      }
    } catch (SQLException busy) {
      LOG.debugf(busy, "Primary %s does not answer", current.name());
    }
  }
}
