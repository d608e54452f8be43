package dev.userservice.embedded;

import dev.userservice.embedded.server.Polling;
import dev.userservice.embedded.server.PostgresServer;
import dev.userservice.embedded.server.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Stops all servers at once: fast, then immediately, then by force. */
record Shutdown(List<PostgresServer> servers, Polling polling) {

  private static final Logger LOG = Logger.getLogger(Shutdown.class);

  void run() throws IOException {
    // A paused process would not handle the signal.
    for (PostgresServer server : servers) {
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
    return polling.await(bound, () -> servers.stream().noneMatch(PostgresServer::isAlive));
  }
}
