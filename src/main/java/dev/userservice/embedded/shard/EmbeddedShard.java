package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.InParallel;
import dev.userservice.embedded.server.Server;
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
 * One shard under supervision. One thread takes all decisions: it looks when a process exits and
 * once a second, and does the next thing that the state of processes and directories asks for.
 */
public final class EmbeddedShard {

  private static final Logger LOG = Logger.getLogger(EmbeddedShard.class);
  private static final long PERIOD_MILLIS = 1_000;

  private final ShardServers servers;
  private final Succession succession;
  private final ScheduledExecutorService decisions;
  private final ExecutorService copies;
  private final List<ReplicaCare> care;
  private volatile @Nullable Server primary;

  public EmbeddedShard(ShardServers servers) {
    this.servers = servers;
    succession = new Succession(servers, this::onExit);
    ThreadFactory daemon = task -> daemon(task, servers.shard());
    decisions = Executors.newSingleThreadScheduledExecutor(daemon);
    copies = Executors.newCachedThreadPool(daemon);
    care =
        servers.all().stream()
            .map(server -> new ReplicaCare(servers, server, this::onExit, this::decide, copies))
            .toList();
  }

  public List<Server> servers() {
    return servers.all();
  }

  public @Nullable Server primary() {
    return primary;
  }

  /** Brings up all servers; afterwards the shard looks after itself. */
  public void start() {
    InParallel.forEach(List.of(this), EmbeddedShard::bringUp, decisions);
  }

  private void bringUp() throws IOException {
    if (servers.all().stream().noneMatch(server -> server.data().exists())) {
      new Initialization(servers).run();
    }
    Server first = succession.atStart();
    primary = first;
    makeSlots(first);
    careForReplicas(first);
    awaitReplicas(first);
    var unused =
        decisions.scheduleWithFixedDelay(
            this::reconcile, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes no more decisions. */
  public void stopSupervision() {
    decisions.shutdown();
    copies.shutdown();
    try {
      if (!decisions.awaitTermination(5, TimeUnit.SECONDS)
          || !copies.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warnf("The supervision of shard %d does not end", servers.shard());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void makeSlots(Server on) {
    try {
      servers.makeSlots(on);
    } catch (SQLException failed) {
      throw new EmbeddedClusterException("no slots could be made on " + on.name(), failed);
    }
  }

  // A write is not acknowledged before a replica has it, so a shard without any is not up.
  private void awaitReplicas(Server first) throws IOException {
    for (Server replica : servers.except(first)) {
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
      LOG.debug("Nothing more is decided, the cluster stops", stopping);
    }
  }

  private void reconcile() {
    try {
      Server current = primary;
      if (current == null || servers.all().stream().anyMatch(Server::mayBeStopping)) {
        return;
      }
      if (!current.isAlive()) {
        current = succession.after(current);
        primary = current;
        makeSlots(current);
      }
      careForReplicas(current);
      servers.all().forEach(Server::noteChildren);
    } catch (IOException | RuntimeException failed) {
      LOG.warnf("Shard %d: %s", servers.shard(), failed.getMessage());
    }
  }

  private void careForReplicas(Server current) throws IOException {
    for (ReplicaCare replica : care) {
      if (!replica.isFor(current)) {
        replica.look(current);
      }
    }
    try {
      ReplicaState state = ReplicaState.seenBy(current, servers);
      for (ReplicaCare replica : care) {
        if (!replica.isFor(current)) {
          replica.look(current, state);
        }
      }
    } catch (SQLException busy) {
      LOG.debugf(busy, "Primary %s does not answer", current.name());
    }
  }

  private static Thread daemon(Runnable task, int shard) {
    Thread thread = new Thread(task, "embedded-shard-" + shard);
    thread.setDaemon(true);
    return thread;
  }
}
