package dev.userservice.routing.stork;

import dev.userservice.routing.strategy.Candidate;
import dev.userservice.routing.strategy.CandidateSettings;
import dev.userservice.routing.strategy.Candidates;
import dev.userservice.routing.strategy.EjectionSettings;
import dev.userservice.routing.strategy.OutlierEjection;
import dev.userservice.routing.strategy.Strategy;
import dev.userservice.time.Ticker;
import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.api.NoServiceInstanceFoundException;
import io.smallrye.stork.api.ServiceInstance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A {@link Strategy} as a load balancer of Stork. Keeps a candidate for each instance of the
 * service while discovery reports the instance, and does not choose ejected ones unless all are
 * ejected. Thread-safe. Unlike a choice for a database read, a choice here allocates.
 */
final class StorkLoadBalancer implements LoadBalancer {

  private final Strategy strategy;
  private final Map<String, Double> weights;
  private final Ticker ticker;
  private final OutlierEjection ejection = new OutlierEjection(EjectionSettings.DEFAULT);
  private final Map<Long, Candidate> known = new ConcurrentHashMap<>();

  StorkLoadBalancer(Strategy strategy, Map<String, Double> weights, Ticker ticker) {
    this.strategy = strategy;
    this.weights = weights;
    this.ticker = ticker;
  }

  @Override
  public ServiceInstance selectServiceInstance(Collection<ServiceInstance> instances) {
    if (instances.isEmpty()) {
      throw new NoServiceInstanceFoundException("The service has no instance");
    }
    long now = ticker.nanos();
    forgetOthers(instances);
    List<ServiceInstance> eligible = eligible(instances, now);
    Candidates candidates = new Candidates();
    eligible.forEach(instance -> candidates.add(candidate(instance, now)));
    int index = strategy.choose(candidates, now);
    return new StorkCall(eligible.get(index), candidates.get(index), ticker);
  }

  /** With strict recording, Stork would let only one thread choose at a time. */
  @Override
  public boolean requiresStrictRecording() {
    return false;
  }

  private List<ServiceInstance> eligible(Collection<ServiceInstance> instances, long now) {
    List<ServiceInstance> eligible = new ArrayList<>(instances.size());
    for (ServiceInstance instance : instances) {
      if (!candidate(instance, now).ejected(now)) {
        eligible.add(instance);
      }
    }
    return eligible.isEmpty() ? List.copyOf(instances) : eligible;
  }

  private Candidate candidate(ServiceInstance instance, long now) {
    Candidate candidate = known.get(instance.getId());
    return candidate != null
        ? candidate
        : known.computeIfAbsent(instance.getId(), id -> newCandidate(instance, now));
  }

  private Candidate newCandidate(ServiceInstance instance, long now) {
    String name = instance.getHost() + ":" + instance.getPort();
    double weight = weights.getOrDefault(name, 1.0);
    Candidate candidate = new Candidate(name, weight, CandidateSettings.DEFAULT, ejection, now);
    candidate.returned(now);
    return candidate;
  }

  private void forgetOthers(Collection<ServiceInstance> instances) {
    if (known.size() > instances.size()) {
      Set<Long> present =
          instances.stream().map(ServiceInstance::getId).collect(Collectors.toSet());
      known.keySet().stream().filter(id -> !present.contains(id)).toList().forEach(this::forget);
    }
  }

  private void forget(Long id) {
    Candidate gone = known.remove(id);
    if (gone != null) {
      gone.leave();
    }
  }
}
