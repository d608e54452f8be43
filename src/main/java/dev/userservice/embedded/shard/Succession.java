package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.Server;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Decides which server of a shard is the primary, from what the directories say, so that the
 * decision can be taken up again wherever a crash has interrupted it.
 *
 * <p>The order keeps two promises. The dead primary's processes are gone and its fence is on disk
 * before a replica is promoted: there is never a second primary. The fence is lifted again only
 * when every other directory still is a replica's, which holds no write that the old primary has
 * not: it can go on as if nothing had happened.
 */
record Succession(ShardServers servers, Runnable onExit) {

  private static final Logger LOG = Logger.getLogger(Succession.class);

  /** Starts the primary, finishing an interrupted failover if there is none. */
  Server atStart() throws IOException {
    List<Server> primaries = servers.all().stream().filter(Succession::mayLead).toList();
    if (primaries.size() > 1) {
      throw new EmbeddedClusterException(
          "shard "
              + servers.shard()
              + " has more than one primary below "
              + servers.cluster().directory().path()
              + "; remove all but one of their directories");
    }
    return primaries.isEmpty() ? finish() : start(primaries.get(0));
  }

  /** Replaces a dead primary, or restarts it if that is the only way to lose nothing. */
  Server after(Server dead) throws IOException {
    dead.end();
    Optional<Server> promoted =
        servers.except(dead).stream().filter(Succession::mayLead).findFirst();
    if (promoted.isPresent()) {
      return start(promoted.get());
    }
    if (mayLead(dead) && !canReplace(dead)) {
      LOG.warnf("Primary %s has died; restarting it", dead.name());
      return start(dead);
    }
    LOG.warnf("Primary %s has died; replacing it", dead.name());
    dead.data().fence();
    return finish();
  }

  private boolean canReplace(Server dead) {
    List<Server> others = servers.except(dead);
    return !others.isEmpty() && others.stream().allMatch(Succession::mayFollow);
  }

  private Server finish() throws IOException {
    List<Server> candidates = servers.all().stream().filter(Succession::mayFollow).toList();
    List<Server> others = servers.all().stream().filter(server -> !mayFollow(server)).toList();
    if (others.size() != 1) {
      throw new EmbeddedClusterException(
          "shard " + servers.shard() + " has lost more servers than one, and its primary");
    }
    Optional<Server> chosen = new Election(servers, onExit).mostAdvanced(candidates);
    return chosen.isPresent() ? promote(chosen.get()) : reinstate(others.get(0));
  }

  private Server promote(Server chosen) throws IOException {
    try {
      new Promotion(servers).promote(chosen);
      return chosen;
    } catch (EmbeddedClusterException failed) {
      // It must not become a primary later, when nobody expects it any more.
      chosen.end();
      throw failed;
    }
  }

  private Server reinstate(Server fenced) throws IOException {
    if (!fenced.data().isFenced()) {
      throw new EmbeddedClusterException(
          "shard " + servers.shard() + " has no server that may be the primary");
    }
    LOG.warnf("No replica can be promoted; restarting primary %s", fenced.name());
    fenced.data().liftFence();
    return start(fenced);
  }

  private Server start(Server primary) throws IOException {
    if (!primary.isAlive()) {
      servers.configure(primary, primary);
      primary.start(onExit);
    }
    primary.awaitReady(servers.cluster().startupTimeout());
    return primary;
  }

  private static boolean mayLead(Server server) {
    return server.data().isPrimary();
  }

  private static boolean mayFollow(Server server) {
    return server.data().isUsableReplica();
  }
}
