package dev.userservice.routing;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.Role;
import dev.userservice.routing.strategy.Candidate;
import dev.userservice.routing.strategy.CandidateSettings;
import dev.userservice.routing.strategy.OutlierEjection;
import dev.userservice.routing.strategy.Strategy;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One shard's routes, kept in step with its servers, and the filters that every strategy stands
 * behind. Thread-safe; choosing takes no lock and allocates nothing.
 */
final class Routes {

  private record Snapshot(List<MonitoredEndpoint> endpoints, List<Route> routes) {}

  private final ReplicationGroup group;
  private final Weights weights;
  private final Strategy strategy;
  private final MeterRegistry registry;
  private final CandidateSettings settings;
  private final OutlierEjection ejection;
  private final ThreadLocal<Selection> selections = ThreadLocal.withInitial(Selection::new);
  private volatile Snapshot snapshot = new Snapshot(List.of(), List.of());

  Routes(
      ReplicationGroup group,
      RoutingSettings settings,
      Weights weights,
      Strategy strategy,
      MeterRegistry registry) {
    this.group = group;
    this.weights = weights;
    this.strategy = strategy;
    this.registry = registry;
    this.settings = settings.candidate();
    this.ejection = new OutlierEjection(settings.ejection());
  }

  /** The replica that the strategy chooses among those that may answer; null if none may. */
  @Nullable Route replica(ReadTerms terms, Set<Route> tried, long nowNanos) {
    Selection selection = selections.get();
    selection.clear();
    List<Route> routes = all(nowNanos);
    for (int index = 0; index < routes.size(); index++) {
      Route route = routes.get(index);
      if (isReplica(route, nowNanos)
          && !route.candidate().ejected(nowNanos)
          && terms.keptBy(route.endpoint(), group)
          && !tried.contains(route)) {
        selection.add(route);
      }
    }
    return selection.choose(strategy, nowNanos);
  }

  /** The replica that has come furthest on a timeline that may have what the session has seen. */
  @Nullable Route furthestReplica(ReadTerms terms, Set<Route> tried, long nowNanos) {
    Route furthest = null;
    for (Route route : all(nowNanos)) {
      if (isReplica(route, nowNanos)
          && !route.candidate().ejected(nowNanos)
          && !tried.contains(route)
          && terms.onTimeline(route.endpoint())
          && (furthest == null || isBehind(furthest, route))) {
        furthest = route;
      }
    }
    return furthest;
  }

  /** The route to a server; null if it has just gone. */
  @Nullable Route to(MonitoredEndpoint endpoint, long nowNanos) {
    for (Route route : all(nowNanos)) {
      if (route.endpoint() == endpoint) {
        return route;
      }
    }
    return null;
  }

  /** A server of unknown state: being wrong costs no more than failing. */
  @Nullable Route untried(Set<Route> tried, long nowNanos) {
    for (Route route : all(nowNanos)) {
      if (!tried.contains(route)) {
        return route;
      }
    }
    return null;
  }

  /** All routes, in the order of the shard's servers. */
  List<Route> all(long nowNanos) {
    Snapshot current = snapshot;
    return current.endpoints() == group.endpoints() ? current.routes() : follow(nowNanos);
  }

  /** Gives every server the weight it has now. */
  void reweigh() {
    for (Route route : snapshot.routes()) {
      route.candidate().weight(weights.of(route.endpoint().endpoint()));
    }
  }

  Strategy strategy() {
    return strategy;
  }

  private static boolean isReplica(Route route, long nowNanos) {
    return route.reachable(nowNanos) && route.endpoint().state().role() == Role.REPLICA;
  }

  private static boolean isBehind(Route one, Route other) {
    long lsn = one.endpoint().position().lsn();
    return Long.compareUnsigned(lsn, other.endpoint().position().lsn()) < 0;
  }

  private synchronized List<Route> follow(long nowNanos) {
    Snapshot before = snapshot;
    List<MonitoredEndpoint> endpoints = group.endpoints();
    if (before.endpoints() == endpoints) {
      return before.routes();
    }
    List<Route> routes = new ArrayList<>();
    for (MonitoredEndpoint endpoint : endpoints) {
      int known = before.endpoints().indexOf(endpoint);
      routes.add(known < 0 ? open(endpoint, nowNanos) : before.routes().get(known));
    }
    before.routes().stream().filter(route -> !routes.contains(route)).forEach(Routes::leave);
    snapshot = new Snapshot(endpoints, List.copyOf(routes));
    return snapshot.routes();
  }

  private Route open(MonitoredEndpoint endpoint, long nowNanos) {
    double weight = weights.of(endpoint.endpoint());
    Candidate candidate =
        new Candidate(endpoint.endpoint().name(), weight, settings, ejection, nowNanos);
    return new Route(endpoint, candidate, new EndpointMetrics(registry, group.shard(), candidate));
  }

  private static void leave(Route route) {
    route.candidate().leave();
    route.metrics().remove();
  }
}
