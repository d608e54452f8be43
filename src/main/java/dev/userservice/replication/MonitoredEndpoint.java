package dev.userservice.replication;

import dev.userservice.datasource.Endpoint;
import dev.userservice.datasource.EndpointConnections;
import dev.userservice.datasource.ReadClient;
import dev.userservice.datasource.WritePool;
import java.util.concurrent.atomic.AtomicBoolean;

/** One server of a replication group, with what the last probe found. Thread-safe. */
public final class MonitoredEndpoint {

  private final EndpointConnections connections;
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile EndpointState state;

  MonitoredEndpoint(EndpointConnections connections, EndpointState state) {
    this.connections = connections;
    this.state = state;
  }

  /** Where the server is. */
  public Endpoint endpoint() {
    return connections.endpoint();
  }

  /** For reads. */
  public ReadClient reads() {
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

  EndpointConnections connections() {
    return connections;
  }

  void state(EndpointState next) {
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
