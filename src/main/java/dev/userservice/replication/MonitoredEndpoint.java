package dev.userservice.replication;

import dev.userservice.datasource.Endpoint;
import dev.userservice.datasource.EndpointConnections;
import dev.userservice.datasource.PipelinedClient;
import dev.userservice.datasource.WritePool;
import dev.userservice.wal.LogPosition;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One server of a replication group, with what is known of it. Thread-safe. */
public final class MonitoredEndpoint {

  private final EndpointConnections connections;
  private final AtomicBoolean failing = new AtomicBoolean();
  // Of the state's timeline; reads move it on between two probes.
  private final AtomicLong replayedLsn = new AtomicLong();
  private volatile EndpointState state;

  MonitoredEndpoint(EndpointConnections connections, EndpointState state) {
    this.connections = connections;
    this.state = state;
    this.replayedLsn.set(state.position().lsn());
  }

  /** Where the server is. */
  public Endpoint endpoint() {
    return connections.endpoint();
  }

  /** For reads. */
  public PipelinedClient reads() {
    return connections.reads();
  }

  /** For transactions, while the server is the primary. */
  public WritePool writes() {
    return connections.writes();
  }

  /** What the last probe found. */
  public EndpointState state() {
    return state;
  }

  /** How far the server has come, by its last probe and all reads since. */
  public LogPosition position() {
    return new LogPosition(state.position().timeline(), replayedLsn.get());
  }

  /**
   * Whether the server is known to have all that a position includes. The primary of the position's
   * timeline, or of a later one that includes it, always has.
   */
  public boolean reaches(LogPosition position) {
    EndpointState known = state;
    return known.reachable()
        && known.position().timeline() >= position.timeline()
        && (known.role() == Role.PRIMARY
            || Long.compareUnsigned(replayedLsn.get(), position.lsn()) >= 0);
  }

  /** Takes in that an answer of this server showed how far it has come. */
  public void replayed(long lsn) {
    long known = replayedLsn.get();
    while (Long.compareUnsigned(lsn, known) > 0
        && state.reachable()
        && !replayedLsn.compareAndSet(known, lsn)) {
      known = replayedLsn.get();
    }
  }

  long replayedLsn() {
    return replayedLsn.get();
  }

  EndpointConnections connections() {
    return connections;
  }

  void state(EndpointState next) {
    EndpointState before = state;
    long lsn = next.position().lsn();
    boolean goesOn =
        before.role() == next.role()
            && before.position().timeline() == next.position().timeline()
            && Long.compareUnsigned(lsn, replayedLsn.get()) < 0;
    if (!goesOn) {
      replayedLsn.set(lsn);
    }
    state = next;
    if (next.reachable()) {
      failing.set(false);
    }
  }

  /** Whether a failed probe is the first one since the last answer, or ever. */
  boolean beginsToFail() {
    return failing.compareAndSet(false, true);
  }

  @Override
  public String toString() {
    return endpoint() + " " + state.role();
  }
}
