package dev.userservice.embedded.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/** Ends what still works on a data directory that must be at rest: politely, then less so. */
public final class LeftOvers {

  private static final Logger LOG = Logger.getLogger(LeftOvers.class);

  private final Patience patience;

  public LeftOvers(Patience patience) {
    this.patience = patience;
  }

  /** Stops a server that outlived the Java process that had started it. */
  public void stop(DataDirectory data) throws IOException {
    Set<Long> living = DataDirectoryProcesses.of(data);
    if (!living.isEmpty()) {
      LOG.infof("Stopping the server left over on %s", data.path());
      end(data, Signal.CONT, Duration.ZERO);
      // Only the postmaster: to a backend SIGINT means to cancel its query.
      if (data.postmaster().isPresent() && living.contains(data.postmaster().getAsLong())) {
        Signal.INT.send(Set.of(data.postmaster().getAsLong()));
        patience.await(Duration.ofSeconds(5), () -> of(data).isEmpty());
      }
    }
    clear(data);
  }

  /** Ends the orphans of a dead postmaster, at once; none is left when this returns. */
  public void clear(DataDirectory data) throws IOException {
    if (!end(data, Signal.QUIT, Duration.ofMillis(200))
        && !end(data, Signal.KILL, Duration.ofSeconds(10))) {
      throw new EmbeddedClusterException("processes on " + data.path() + " cannot be ended");
    }
    // PostgreSQL would wait for whichever program has that process ID today.
    data.deletePostmasterFile();
  }

  private boolean end(DataDirectory data, Signal signal, Duration bound) throws IOException {
    signal.send(of(data));
    return patience.await(bound, () -> of(data).isEmpty());
  }

  private static Set<Long> of(DataDirectory data) {
    try {
      return DataDirectoryProcesses.of(data);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
