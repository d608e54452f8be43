package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.PostgresServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * Starts or replaces the primary of a shard, as {@link ShardMarks} allow. Since the marks are on
 * disk, a failover that a crash interrupted is finished at the next start.
 *
 * <p>Two rules hold at each step. The dead primary's processes are gone and its fence is on disk
 * before a replica is promoted, so there is never a second primary. The fence is removed only while
 * all other directories are replicas: none of them has a write that the old primary lacks.
 */
record Failover(ShardServers servers, Runnable onExit) {

  private static final Logger LOG = Logger.getLogger(Failover.class);

  /** Starts the primary, or finishes an interrupted failover if there is none. */
  PostgresServer atStart() throws IOException {
    ShardMarks marks = marks();
    OptionalInt primary = marks.primary();
    return primary.isPresent() ? start(server(primary.getAsInt())) : replace(marks);
  }

  /** Replaces a dead primary, or restarts it if an acknowledged write may be on it only. */
  PostgresServer after(PostgresServer dead) throws IOException {
    dead.end();
    ShardMarks marks = marks();
    int index = servers.all().indexOf(dead);
    OptionalInt promoted = marks.primaryInsteadOf(index);
    if (promoted.isPresent()) {
      return start(server(promoted.getAsInt()));
    }
    if (marks.mustRestart(index)) {
      LOG.warnf("Primary %s has died; restarting it", dead.name());
      return start(dead);
    }
    LOG.warnf("Primary %s has died; replacing it", dead.name());
    dead.data().fence();
    return replace(marks());
  }

  private PostgresServer replace(ShardMarks marks) throws IOException {
    PostgresServer former = server(marks.formerPrimary());
    List<PostgresServer> candidates = marks.candidates().stream().map(this::server).toList();
    Optional<PostgresServer> chosen = new SuccessorChoice(servers, onExit).among(candidates);
    if (chosen.isPresent()) {
      return promote(chosen.get());
    }
    if (!marks.mayReinstate(marks.formerPrimary())) {
      throw new EmbeddedClusterException(
          "shard " + servers.shard() + " has no server that may be the primary");
    }
    LOG.warnf("No replica can be promoted; restarting primary %s", former.name());
    former.data().liftFence();
    return start(former);
  }

  private PostgresServer promote(PostgresServer chosen) throws IOException {
    try {
      new Promotion(servers).promote(chosen);
      return chosen;
    } catch (EmbeddedClusterException failed) {
      // A promotion that completes later would make a second primary.
      chosen.end();
      throw failed;
    }
  }

  private PostgresServer start(PostgresServer primary) throws IOException {
    if (!primary.isAlive()) {
      servers.configure(primary, primary);
      primary.start(onExit);
    }
    primary.awaitReady(servers.cluster().startupTimeout());
    return primary;
  }

  private ShardMarks marks() {
    return new ShardMarks(
        servers.shard(),
        servers.all().stream().map(server -> DirectoryMark.of(server.data())).toList());
  }

  private PostgresServer server(int index) {
    return servers.all().get(index);
  }
}
