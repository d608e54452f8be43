package dev.userservice.routing;

import dev.userservice.label.Labels;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.Role;
import dev.userservice.routing.Explanation.ServerExplanation;
import dev.userservice.routing.strategy.Candidate;
import dev.userservice.routing.strategy.Candidates;
import dev.userservice.routing.strategy.StrategyName;
import dev.userservice.wal.LogPosition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says of each server why a read would or would not go there. */
final class Explainer {

  private static final String ELIGIBLE = "eligible";

  private final ReplicationGroup group;
  private final Routes routes;
  private final StrategyName strategy;

  Explainer(ReplicationGroup group, Routes routes, StrategyName strategy) {
    this.group = group;
    this.routes = routes;
    this.strategy = strategy;
  }

  Explanation explain(ReadTerms terms, long now) {
    List<Route> all = routes.all(now);
    Candidates eligible = new Candidates();
    all.stream()
        .filter(route -> verdict(route, terms, now).equals(ELIGIBLE))
        .forEach(route -> eligible.add(route.candidate()));
    LogPosition required = terms.required();
    return new Explanation(
        group.shard(),
        lowerCase(strategy),
        lowerCase(terms.level()),
        required == null ? null : required.toString(),
        all.stream().map(route -> explain(route, terms, eligible, now)).toList());
  }

  private ServerExplanation explain(Route route, ReadTerms terms, Candidates eligible, long now) {
    MonitoredEndpoint endpoint = route.endpoint();
    Candidate candidate = route.candidate();
    String verdict = verdict(route, terms, now);
    long staleness = group.stalenessNanos(endpoint, now);
    long lag = group.lagBytes(endpoint);
    return new ServerExplanation(
        candidate.name(),
        lowerCase(endpoint.state().role()),
        verdict,
        verdict.equals(ELIGIBLE) ? score(candidate, eligible, now) : null,
        candidate.weight(),
        candidate.effectiveWeight(now),
        candidate.averageNanos() / 1e6,
        candidate.inFlight(),
        endpoint.position().toString(),
        lag < 0 ? null : lag,
        staleness == Long.MAX_VALUE ? null : staleness / 1_000_000,
        candidate.ejections());
  }

  private @Nullable Double score(Candidate candidate, Candidates eligible, long now) {
    double score = routes.strategy().score(candidate, eligible, now);
    return Double.isFinite(score) ? score : null;
  }

  private String verdict(Route route, ReadTerms terms, long now) {
    MonitoredEndpoint endpoint = route.endpoint();
    Role role = endpoint.state().role();
    if (!route.reachable(now)) {
      return "does not answer";
    }
    return switch (terms.level()) {
      case STRONG -> role == Role.PRIMARY ? ELIGIBLE : "a strong read needs the primary";
      case SESSION -> replicaVerdict(route, role, terms, "has not reached what the session saw");
      case BOUNDED -> replicaVerdict(route, role, terms, "may be staler than the bound");
      case EVENTUAL -> replicaVerdict(route, role, terms, "");
    };
  }

  private String replicaVerdict(Route route, Role role, ReadTerms terms, String behind) {
    if (role == Role.PRIMARY) {
      return "the primary answers when no replica can";
    }
    if (route.candidate().ejected(terms.beganAtNanos())) {
      return "ejected after failures";
    }
    return terms.keptBy(route.endpoint(), group) ? ELIGIBLE : behind;
  }

  private static String lowerCase(Enum<?> name) {
    return Labels.of(Objects.requireNonNull(name));
  }
}
