package dev.userservice.embedded.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/** Ends PostgreSQL processes that still work in a data directory that no server may use. */
public final class LeftoverProcesses {

  private static final Logger LOG = Logger.getLogger(LeftoverProcesses.class);

  private final Polling polling;

  public LeftoverProcesses(Polling polling) {
    this.polling = polling;
  }

  /** Stops a server that an earlier Java process had started: fast, then by force. */
  public void stop(DataDirectory data) throws IOException {
    Set<Long> living = DataDirectoryProcesses.of(data);
    if (!living.isEmpty()) {
      LOG.infof("Stopping the server of an earlier run in %s", data.path());
      end(data, Signal.CONT, Duration.ZERO);
      // Only the postmaster: to a backend SIGINT means to cancel its query.
      if (data.postmaster().isPresent() && living.contains(data.postmaster().getAsLong())) {
        Signal.INT.send(Set.of(data.postmaster().getAsLong()));
        polling.await(Duration.ofSeconds(5), () -> DataDirectoryProcesses.of(data).isEmpty());
      }
    }
    endAll(data);
  }

  /** Ends the children of a dead postmaster at once; none is left when this returns. */
  public void endAll(DataDirectory data) throws IOException {
    if (!end(data, Signal.QUIT, Duration.ofMillis(200))
        && !end(data, Signal.KILL, Duration.ofSeconds(10))) {
      throw new EmbeddedClusterException("processes in " + data.path() + " cannot be ended");
    }
    // PostgreSQL would wait for any other program that has that process ID now.
    data.deletePostmasterFile();
  }

  private boolean end(DataDirectory data, Signal signal, Duration bound) throws IOException {
    signal.send(DataDirectoryProcesses.of(data));
    return polling.await(bound, () -> DataDirectoryProcesses.of(data).isEmpty());
  }
}
