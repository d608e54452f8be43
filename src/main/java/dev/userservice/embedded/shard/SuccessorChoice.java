package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.InParallel;
import dev.userservice.embedded.server.LeftoverProcesses;
import dev.userservice.embedded.server.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Chooses the replica to be promoted: the most advanced one. An acknowledged write is on at least
 * one replica, and it is not known on which, so all of them must answer.
 */
final class SuccessorChoice {

  private static final Logger LOG = Logger.getLogger(SuccessorChoice.class);
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final ShardServers servers;
  private final Runnable onExit;

  SuccessorChoice(ShardServers servers, Runnable onExit) {
    this.servers = servers;
    this.onExit = onExit;
  }

  /** The most advanced replica, or none if one of them does not answer. Starts those that died. */
  Optional<PostgresServer> among(List<PostgresServer> candidates) {
    try {
      InParallel.forEach(candidates, this::startIfDead);
      Map<PostgresServer, ReplicaPosition> positions = new ConcurrentHashMap<>();
      InParallel.forEach(candidates, candidate -> positions.put(candidate, settled(candidate)));
      return candidates.stream()
          .max(Comparator.comparing(each -> Objects.requireNonNull(positions.get(each))));
    } catch (RuntimeException unanswered) {
      servers.cluster().polling().checkNotCancelled();
      LOG.warnf(
          "No replica of shard %d can be chosen: %s", servers.shard(), unanswered.getMessage());
      return Optional.empty();
    }
  }

  private void startIfDead(PostgresServer candidate) throws IOException {
    if (!candidate.isAlive()) {
      new LeftoverProcesses(servers.cluster().polling()).endAll(candidate.data());
      // As a replica of itself: its log must not grow, and its port may have changed.
      servers.configure(candidate, candidate);
      candidate.start(onExit);
    }
    candidate.awaitReady(BOUND);
  }

  private ReplicaPosition settled(PostgresServer candidate) {
    List<ReplicaPosition> found = new ArrayList<>();
    try (Statements statements = servers.statements(candidate)) {
      servers
          .cluster()
          .polling()
          .await(BOUND, () -> found.addAll(ReplicaPosition.settled(statements)));
    } catch (SQLException unanswered) {
      throw new EmbeddedClusterException(candidate.name() + " does not answer", unanswered);
    }
    if (found.isEmpty()) {
      throw new EmbeddedClusterException(
          candidate.name() + " has not replayed its log within " + BOUND);
    }
    return found.get(0);
  }
}
