package dev.userservice.routing;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.routing.strategy.Candidate;

/** One server of a shard, with what reads have shown of it. Thread-safe. */
final class Route {

  private final MonitoredEndpoint endpoint;
  private final Candidate candidate;
  private final EndpointMetrics metrics;
  private volatile boolean reachable;

  Route(MonitoredEndpoint endpoint, Candidate candidate, EndpointMetrics metrics) {
    this.endpoint = endpoint;
    this.candidate = candidate;
    this.metrics = metrics;
    this.reachable = endpoint.state().reachable();
  }

  MonitoredEndpoint endpoint() {
    return endpoint;
  }

  Candidate candidate() {
    return candidate;
  }

  EndpointMetrics metrics() {
    return metrics;
  }

  /** Whether its last probe was answered; notices when it comes back, which starts it slowly. */
  boolean reachable(long nowNanos) {
    boolean now = endpoint.state().reachable();
    if (now != reachable) {
      reachable = now;
      if (now) {
        candidate.returned(nowNanos);
      }
    }
    return now;
  }
}
