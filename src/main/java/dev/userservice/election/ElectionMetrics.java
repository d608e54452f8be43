package dev.userservice.election;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The metrics of the election. */
final class ElectionMetrics {

  private final Counter transitions;
  private final Timer renewals;

  /**
   * Registers the metrics.
   *
   * @param leads whether this process leads
   * @param epoch the newest one seen
   */
  ElectionMetrics(MeterRegistry registry, BooleanSupplier leads, LongSupplier epoch) {
    Gauge.builder("users.election.leader", () -> leads.getAsBoolean() ? 1 : 0).register(registry);
    Gauge.builder("users.election.epoch", epoch::getAsLong).register(registry);
    transitions = Counter.builder("users.election.transitions").register(registry);
    renewals = Timer.builder("users.election.renewal").register(registry);
  }

  /** Counts that this process became the leader or ceased to be it. */
  void changed() {
    transitions.increment();
  }

  void renewed(long nanos) {
    renewals.record(nanos, TimeUnit.NANOSECONDS);
  }
}
