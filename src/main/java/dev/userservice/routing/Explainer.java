package dev.userservice.routing;

import dev.userservice.label.Labels;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.Explanation.ServerExplanation;
import dev.userservice.routing.strategy.Candidate;
import dev.userservice.routing.strategy.Candidates;
import dev.userservice.routing.strategy.StrategyName;
import dev.userservice.wal.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Explains for each server of a shard whether a read may be sent to it. */
final class Explainer {

  private final ReplicationGroup group;
  private final ReadTargets targets;
  private final StrategyName strategy;

  Explainer(ReplicationGroup group, ReadTargets targets, StrategyName strategy) {
    this.group = group;
    this.targets = targets;
    this.strategy = strategy;
  }

  Explanation explain(ReadRequirement requirement, long now) {
    List<ReadTarget> all = targets.all(now);
    List<Eligibility> eligibility = new ArrayList<>();
    Candidates eligible = new Candidates();
    for (ReadTarget target : all) {
      Eligibility found = Eligibility.of(requirement, target, group, now);
      eligibility.add(found);
      if (found == Eligibility.ELIGIBLE) {
        eligible.add(target.candidate());
      }
    }
    List<ServerExplanation> servers = new ArrayList<>();
    for (int index = 0; index < all.size(); index++) {
      servers.add(explain(all.get(index), eligibility.get(index), eligible, now));
    }
    LogPosition required = requirement.required();
    return new Explanation(
        group.shard(),
        lowerCase(strategy),
        lowerCase(requirement.level()),
        required == null ? null : required.toString(),
        servers);
  }

  private ServerExplanation explain(
      ReadTarget target, Eligibility eligibility, Candidates eligible, long now) {
    MonitoredEndpoint endpoint = target.endpoint();
    Candidate candidate = target.candidate();
    long staleness = group.stalenessNanos(endpoint, now);
    long lag = group.lagBytes(endpoint);
    return new ServerExplanation(
        candidate.name(),
        lowerCase(endpoint.state().role()),
        eligibility.verdict(),
        eligibility == Eligibility.ELIGIBLE ? score(candidate, eligible, now) : null,
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
    double score = targets.strategy().score(candidate, eligible, now);
    return Double.isFinite(score) ? score : null;
  }

  private static String lowerCase(Enum<?> name) {
    return Labels.of(Objects.requireNonNull(name));
  }
}
