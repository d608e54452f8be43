package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.Server;
import dev.userservice.embedded.server.Signal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Makes a replica the primary, and the others its replicas. */
record Promotion(ShardServers servers) {

  private static final Logger LOG = Logger.getLogger(Promotion.class);
  private static final Duration BOUND = Duration.ofSeconds(30);

  void promote(Server chosen) throws IOException {
    LOG.infof("Promoting %s (port %d)", chosen.name(), chosen.endpoint().port());
    try {
      servers.makeSlots(chosen);
      try (Statements statements = servers.statements(chosen)) {
        statements.query("SELECT pg_promote(wait => false)", row -> "");
        follow(chosen);
        if (!servers.cluster().patience().await(BOUND, () -> isPrimary(statements))) {
          throw new EmbeddedClusterException(chosen.name() + " was not promoted in " + BOUND);
        }
      }
    } catch (SQLException failed) {
      throw new EmbeddedClusterException(chosen.name() + " could not be promoted", failed);
    }
  }

  // Already while the promotion is under way: a replica may also follow one that is still a
  // replica.
  private void follow(Server chosen) throws IOException {
    for (Server other : servers.except(chosen)) {
      if (other.data().isUsableReplica()) {
        servers.configure(other, chosen);
        other.signal(Signal.HUP);
      }
    }
  }

  private static boolean isPrimary(Statements statements) {
    try {
      return !statements
          .query("SELECT pg_is_in_recovery()", row -> row.getBoolean(1))
          .contains(true);
    } catch (SQLException failed) {
      throw new EmbeddedClusterException("a server being promoted does not answer", failed);
    }
  }
}
