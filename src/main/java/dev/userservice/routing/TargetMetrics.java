package dev.userservice.routing;

import dev.userservice.routing.Served.Reason;
import dev.userservice.routing.strategy.Candidate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The metrics of the reads of one server. Thread-safe. */
final class TargetMetrics {

  private static final Duration[] LATENCY_BUCKETS = buckets(1, 2, 5, 10, 20, 50, 100, 500, 1000);
  private static final Duration[] STALENESS_BUCKETS = buckets(10, 100, 500, 1000, 10_000, 60_000);

  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final Map<Reason, Counter> answers = new EnumMap<>(Reason.class);
  private final Counter failures;
  private final Counter hedges;
  private final Timer latency;
  private final Timer staleness;

  TargetMetrics(MeterRegistry registry, int shard, Candidate candidate) {
    this.registry = registry;
    Tags tags = Tags.of("shard", Integer.toString(shard), "endpoint", candidate.name());
    for (Reason reason : Reason.values()) {
      answers.put(reason, counter("users.routing.answers", tags.and("reason", reason.label())));
    }
    failures = counter("users.routing.failures", tags);
    hedges = counter("users.routing.hedges", tags);
    latency = timer("users.routing.latency", tags, LATENCY_BUCKETS);
    staleness = timer("users.routing.staleness", tags, STALENESS_BUCKETS);
    keep(
        Gauge.builder("users.routing.in.flight", candidate, Candidate::inFlight)
            .tags(tags)
            .register(registry));
    keep(
        Gauge.builder("users.routing.ejections", candidate, Candidate::ejections)
            .tags(tags)
            .register(registry));
  }

  void answered(Reason reason, long latencyNanos, long stalenessNanos) {
    Objects.requireNonNull(answers.get(reason)).increment();
    latency.record(latencyNanos, TimeUnit.NANOSECONDS);
    if (stalenessNanos != Long.MAX_VALUE) {
      staleness.record(stalenessNanos, TimeUnit.NANOSECONDS);
    }
  }

  void failed() {
    failures.increment();
  }

  void hedged() {
    hedges.increment();
  }

  /** Removes the metrics of a server that has left the topology. */
  void remove() {
    meters.forEach(registry::remove);
  }

  private Counter counter(String name, Tags tags) {
    return keep(Counter.builder(name).tags(tags).register(registry));
  }

  private Timer timer(String name, Tags tags, Duration... buckets) {
    return keep(Timer.builder(name).tags(tags).serviceLevelObjectives(buckets).register(registry));
  }

  private <M extends Meter> M keep(M meter) {
    meters.add(meter);
    return meter;
  }

  private static Duration[] buckets(long... millis) {
    Duration[] buckets = new Duration[millis.length];
    for (int bucket = 0; bucket < millis.length; bucket++) {
      buckets[bucket] = Duration.ofMillis(millis[bucket]);
    }
    return buckets;
  }
}
