package dev.userservice.routing;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.Role;
import dev.userservice.routing.strategy.Candidate;

/** A server that reads may be sent to, with what reads have measured of it. Thread-safe. */
final class ReadTarget {

  private final MonitoredEndpoint endpoint;
  private final Candidate candidate;
  private final TargetMetrics metrics;
  private volatile boolean reachable;

  ReadTarget(MonitoredEndpoint endpoint, Candidate candidate, TargetMetrics metrics) {
    this.endpoint = endpoint;
    this.candidate = candidate;
    this.metrics = metrics;
    this.reachable = endpoint.state().reachable();
  }

  /** The server, and what replication knows of it. */
  MonitoredEndpoint endpoint() {
    return endpoint;
  }

  /** The server as strategies see it. */
  Candidate candidate() {
    return candidate;
  }

  TargetMetrics metrics() {
    return metrics;
  }

  /** The server's role now. A server that has become reachable begins its slow start. */
  Role role(long nowNanos) {
    Role role = endpoint.state().role();
    boolean now = role != Role.UNKNOWN;
    if (now != reachable) {
      reachable = now;
      if (now) {
        candidate.returned(nowNanos);
      }
    }
    return role;
  }
}
