package dev.userservice.routing;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
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
 * The targets of one shard: follows the changes of its servers, and chooses an eligible one for a
 * read. Thread-safe; choosing takes no lock and allocates nothing.
 */
final class ReadTargets {

  private record Snapshot(List<MonitoredEndpoint> endpoints, List<ReadTarget> targets) {}

  private final ReplicationGroup group;
  private final Weights weights;
  private final Strategy strategy;
  private final MeterRegistry registry;
  private final CandidateSettings settings;
  private final OutlierEjection ejection;
  private final ThreadLocal<EligibleTargets> lists = ThreadLocal.withInitial(EligibleTargets::new);
  private volatile Snapshot snapshot = new Snapshot(List.of(), List.of());

  ReadTargets(
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

  /** The target that the strategy chooses among the eligible ones; null if there is none. */
  @Nullable ReadTarget choose(ReadRequirement requirement, Set<ReadTarget> tried, long nowNanos) {
    EligibleTargets eligible = lists.get();
    eligible.clear();
    List<ReadTarget> targets = all(nowNanos);
    for (int index = 0; index < targets.size(); index++) {
      ReadTarget target = targets.get(index);
      if (Eligibility.of(requirement, target, group, nowNanos) == Eligibility.ELIGIBLE
          && !tried.contains(target)) {
        eligible.add(target);
      }
    }
    return eligible.choose(strategy, nowNanos);
  }

  /**
   * The replica that has replayed most, of those that may soon include what the session has seen;
   * null if there is none.
   */
  @Nullable ReadTarget furthestReplica(
      ReadRequirement requirement, Set<ReadTarget> tried, long nowNanos) {
    ReadTarget furthest = null;
    for (ReadTarget target : all(nowNanos)) {
      if (mayCatchUp(requirement, target, nowNanos)
          && !tried.contains(target)
          && (furthest == null || isBehind(furthest, target))) {
        furthest = target;
      }
    }
    return furthest;
  }

  /** The target of the present primary; null if no primary is known. */
  @Nullable ReadTarget primary(long nowNanos) {
    for (ReadTarget target : all(nowNanos)) {
      if (group.isPrimary(target.endpoint())) {
        return target;
      }
    }
    return null;
  }

  /** A server that was not asked yet, even if it was unreachable; null if all were asked. */
  @Nullable ReadTarget untried(Set<ReadTarget> tried, long nowNanos) {
    for (ReadTarget target : all(nowNanos)) {
      if (!tried.contains(target) && group.mayServe(target.endpoint())) {
        return target;
      }
    }
    return null;
  }

  /** All targets, in the order of the shard's servers. */
  List<ReadTarget> all(long nowNanos) {
    Snapshot current = snapshot;
    return current.endpoints() == group.endpoints() ? current.targets() : follow(nowNanos);
  }

  /** Takes over the weights that are configured now. */
  void reweigh() {
    for (ReadTarget target : snapshot.targets()) {
      target.candidate().weight(weights.of(target.endpoint().endpoint()));
    }
  }

  Strategy strategy() {
    return strategy;
  }

  private boolean mayCatchUp(ReadRequirement requirement, ReadTarget target, long nowNanos) {
    Eligibility eligibility = Eligibility.of(requirement, target, group, nowNanos);
    return (eligibility == Eligibility.BEHIND_SESSION || eligibility == Eligibility.ELIGIBLE)
        && requirement.isOnTimelineOf(target.endpoint());
  }

  private static boolean isBehind(ReadTarget one, ReadTarget other) {
    long lsn = one.endpoint().position().lsn();
    return Long.compareUnsigned(lsn, other.endpoint().position().lsn()) < 0;
  }

  private synchronized List<ReadTarget> follow(long nowNanos) {
    Snapshot before = snapshot;
    List<MonitoredEndpoint> endpoints = group.endpoints();
    if (before.endpoints() == endpoints) {
      return before.targets();
    }
    List<ReadTarget> targets = new ArrayList<>();
    for (MonitoredEndpoint endpoint : endpoints) {
      int known = before.endpoints().indexOf(endpoint);
      targets.add(known < 0 ? open(endpoint, nowNanos) : before.targets().get(known));
    }
    before.targets().stream()
        .filter(target -> !targets.contains(target))
        .forEach(ReadTargets::leave);
    snapshot = new Snapshot(endpoints, List.copyOf(targets));
    return snapshot.targets();
  }

  private ReadTarget open(MonitoredEndpoint endpoint, long nowNanos) {
    double weight = weights.of(endpoint.endpoint());
    Candidate candidate =
        new Candidate(endpoint.endpoint().name(), weight, settings, ejection, nowNanos);
    return new ReadTarget(
        endpoint, candidate, new TargetMetrics(registry, group.shard(), candidate));
  }

  private static void leave(ReadTarget target) {
    target.candidate().leave();
    target.metrics().remove();
  }
}
