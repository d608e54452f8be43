package dev.userservice.routing.strategy;

import java.util.IdentityHashMap;

/**
 * The balancer of the published experiment, to check the simulation against what was measured then:
 * power of two choices over an average that jumps to every peak and decays in ten seconds, also by
 * looking at it, times calls in flight plus one. Finagle knows no weights; divided by the weight,
 * this is the plain formula that {@link WeightedLeastLatency} deviates from.
 */
final class FinaglePeakEwma implements Strategy {

  private static final double DECAY_NANOS = 10e9;
  private static final double UNKNOWN = Long.MAX_VALUE >> 16;

  private static final class Metric {
    private long stamp;
    private double cost;

    void observe(long now, double latency) {
      double kept = Math.exp(-Math.max(now - stamp, 0) / DECAY_NANOS);
      cost = latency > cost ? latency : cost * kept + latency * (1 - kept);
      stamp = now;
    }
  }

  private final IdentityHashMap<Candidate, Metric> metrics = new IdentityHashMap<>();
  private final RandomSource random;

  FinaglePeakEwma(RandomSource random) {
    this.random = random;
  }

  void observe(Candidate candidate, long now, long latency) {
    metric(candidate).observe(now, (double) latency);
  }

  @Override
  public int choose(Candidates candidates, long now) {
    return LeastLoaded.betterOfTwo(this, random, candidates, now);
  }

  @Override
  public double score(Candidate candidate, Candidates candidates, long now) {
    Metric metric = metric(candidate);
    metric.observe(now, 0);
    int pending = candidate.inFlight();
    double cost = metric.cost == 0 && pending > 0 ? UNKNOWN : metric.cost * (pending + 1);
    return cost / candidate.effectiveWeight(now);
  }

  private Metric metric(Candidate candidate) {
    return metrics.computeIfAbsent(candidate, unknown -> new Metric());
  }
}
