package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.InParallel;
import dev.userservice.embedded.server.LeftOvers;
import dev.userservice.embedded.server.Server;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Chooses the replica to be promoted. An acknowledged write is on at least one replica, nobody
 * knows on which, so all of them must be asked: the most advanced one holds every acknowledged
 * write.
 */
final class Election {

  private static final Logger LOG = Logger.getLogger(Election.class);
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final ShardServers servers;
  private final Runnable onExit;

  Election(ShardServers servers, Runnable onExit) {
    this.servers = servers;
    this.onExit = onExit;
  }

  /** The most advanced replica, or none if one of them cannot be asked. */
  Optional<Server> mostAdvanced(List<Server> candidates) {
    try {
      InParallel.forEach(candidates, this::startIfDead);
      Map<Server, ReplicaPosition> positions = new ConcurrentHashMap<>();
      InParallel.forEach(candidates, candidate -> positions.put(candidate, settled(candidate)));
      return candidates.stream()
          .max((left, right) -> position(positions, left).compareTo(position(positions, right)));
    } catch (RuntimeException unanswered) {
      servers.cluster().patience().checkNotCalledOff();
      LOG.warnf("No election in shard %d: %s", servers.shard(), unanswered.getMessage());
      return Optional.empty();
    }
  }

  private static ReplicaPosition position(Map<Server, ReplicaPosition> positions, Server server) {
    return positions.getOrDefault(server, new ReplicaPosition(0, 0));
  }

  private void startIfDead(Server candidate) throws IOException {
    if (!candidate.isAlive()) {
      new LeftOvers(servers.cluster().patience()).clear(candidate.data());
      // Following nobody: its log must not grow any more, and its port may be another one today.
      servers.configure(candidate, candidate);
      candidate.start(onExit);
    }
    candidate.awaitReady(BOUND);
  }

  private ReplicaPosition settled(Server candidate) {
    List<ReplicaPosition> found = new ArrayList<>();
    try (Statements statements = servers.statements(candidate)) {
      servers.cluster().patience().await(BOUND, () -> found.addAll(position(statements)));
    } catch (SQLException unanswered) {
      throw new EmbeddedClusterException(candidate.name() + " does not answer", unanswered);
    }
    if (found.isEmpty()) {
      throw new EmbeddedClusterException(candidate.name() + " does not come to rest");
    }
    return found.get(0);
  }

  private static List<ReplicaPosition> position(Statements statements) {
    try {
      return ReplicaPosition.settled(statements);
    } catch (SQLException unanswered) {
      throw new EmbeddedClusterException("a replica does not answer", unanswered);
    }
  }
}
