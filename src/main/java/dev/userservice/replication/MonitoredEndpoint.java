package dev.userservice.replication;

import dev.userservice.datasource.Endpoint;
import dev.userservice.datasource.EndpointConnections;
import dev.userservice.datasource.PipelinedClient;
import dev.userservice.datasource.WritePool;
import dev.userservice.wal.LogPosition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One server of a replication group, with what is known of it. Thread-safe. */
public final class MonitoredEndpoint {

  // Since the last answer; a server whose reasons change all the time is not worth more lines.
  private static final int MOST_OBJECTIONS = 8;

  private final EndpointConnections connections;
  private final Set<String> objections = ConcurrentHashMap.newKeySet();
  // Of the state's timeline; reads move it on between two probes.
  private final AtomicLong replayedLsn = new AtomicLong();
  private volatile EndpointState state;
  private volatile boolean heard;
  private volatile boolean foreign;
  private volatile @Nullable String objection;

  MonitoredEndpoint(EndpointConnections connections, EndpointState state) {
    this.connections = connections;
    this.state = state;
    this.replayedLsn.set(state.position().lsn());
    this.heard = state.reachable();
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
   * Whether the server is known to have all that a position of its timeline includes. A primary is
   * taken to have; its answer tells.
   */
  public boolean reaches(LogPosition position) {
    EndpointState known = state;
    return known.reachable()
        && known.position().timeline() == position.timeline()
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
    heard = true;
    if (next.reachable()) {
      objection = null;
      objections.clear();
    }
  }

  /** Whether the server has answered a probe, or failed to, since it belongs to the shard. */
  boolean heard() {
    return heard;
  }

  /** Whether the server belongs to another database system than its shard. */
  boolean foreign() {
    return foreign;
  }

  void foreign(boolean found) {
    foreign = found;
  }

  /** Takes in why the server is not used; whether that is new since its last answer. */
  boolean newObjection(String reason) {
    objection = reason;
    return objections.size() < MOST_OBJECTIONS && objections.add(reason);
  }

  /** Why the server is not used; null if it is, or nobody knows yet. */
  @Nullable String objection() {
    return objection;
  }

  @Override
  public String toString() {
    return endpoint() + " " + state.role();
  }
}
