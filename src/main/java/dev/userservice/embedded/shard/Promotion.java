package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.PostgresServer;
import dev.userservice.embedded.server.Signal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Promotes a replica to primary and makes the other replicas follow it. */
record Promotion(ShardServers servers) {

  private static final Logger LOG = Logger.getLogger(Promotion.class);
  private static final Duration BOUND = Duration.ofSeconds(30);

  void promote(PostgresServer chosen) throws IOException {
    LOG.infof("Promoting %s (port %d)", chosen.name(), chosen.endpoint().port());
    try {
      servers.makeSlots(chosen);
      try (Statements statements = servers.statements(chosen)) {
        statements.query("SELECT pg_promote(wait => false)", row -> "");
        follow(chosen);
        if (!servers.cluster().polling().await(BOUND, () -> isPrimary(statements))) {
          throw new EmbeddedClusterException(chosen.name() + " was not promoted in " + BOUND);
        }
      }
    } catch (SQLException failed) {
      throw new EmbeddedClusterException(chosen.name() + " could not be promoted", failed);
    }
  }

  // Also before the promotion is complete: a replica may follow another replica.
  private void follow(PostgresServer chosen) throws IOException {
    for (PostgresServer other : servers.except(chosen)) {
      if (other.data().isUsableReplica()) {
        servers.configure(other, chosen);
        other.signal(Signal.HUP);
      }
    }
  }

  private static boolean isPrimary(Statements statements) throws SQLException {
    return statements.query("SELECT pg_is_in_recovery()", row -> row.getBoolean(1)).contains(false);
  }
}
