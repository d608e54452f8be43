package dev.userservice.embedded;

import dev.userservice.embedded.server.Patience;
import dev.userservice.embedded.server.Server;
import dev.userservice.embedded.server.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Stops all servers together: fast, then immediately, then by force. */
record Shutdown(List<Server> servers, Patience patience) {

  private static final Logger LOG = Logger.getLogger(Shutdown.class);

  void run() throws IOException {
    // A paused process would not hear of it.
    for (Server server : servers) {
      server.signalAll(Signal.CONT);
    }
    if (!end(Signal.INT, Duration.ofSeconds(5))
        && !end(Signal.QUIT, Duration.ofSeconds(2))
        && !end(Signal.KILL, Duration.ofSeconds(2))) {
      LOG.error("Some PostgreSQL servers could not be stopped");
    }
  }

  private boolean end(Signal signal, Duration bound) throws IOException {
    signal.send(servers.stream().flatMap(server -> server.pid().stream().boxed()).toList());
    return patience.await(bound, () -> servers.stream().noneMatch(Server::isAlive));
  }
}
