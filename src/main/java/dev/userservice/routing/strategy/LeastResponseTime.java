package dev.userservice.routing.strategy;

/**
 * Chooses the candidate with the least average latency × (calls in flight + 1) ÷ weight. Compared
 * with Stork's strategy of the same name, the average decays by time and not by call, calls in
 * flight count, and a failure costs seconds instead of a minute.
 *
 * <p>The latency of a candidate that gets no calls is taken to fall with time, so that the
 * candidate is tried again. A call that is sent ends this at once, before its answer arrives;
 * otherwise all routers would follow the first one.
 *
 * <p>The best candidate is chosen however small its advantage is. Many routers with the same view
 * therefore change over together, and at low rates the fastest candidate gets all calls. {@link
 * WeightedLeastLatency} avoids both. The score is the product above, in nanoseconds.
 */
final class LeastResponseTime implements Strategy {

  private final RetrySettings retry;
  private final RandomSource random;

  LeastResponseTime(RetrySettings retry, RandomSource random) {
    this.retry = retry;
    this.random = random;
  }

  @Override
  public int choose(Candidates candidates, long nowNanos) {
    int size = candidates.size();
    if (size == 1) {
      return 0;
    }
    // Starts at a random index, so that equal candidates share the calls.
    int best = (int) (random.nextFraction() * size);
    double least = score(candidates.get(best), candidates, nowNanos);
    for (int step = 1, index = best; step < size; step++) {
      index = index + 1 == size ? 0 : index + 1;
      double score = score(candidates.get(index), candidates, nowNanos);
      if (score < least) {
        least = score;
        best = index;
      }
    }
    return best;
  }

  @Override
  public double score(Candidate candidate, Candidates candidates, long nowNanos) {
    double latency = candidate.averageNanos() * freshness(candidate.idleNanos(nowNanos));
    // Among candidates without samples, the one with fewer calls in flight is chosen.
    double expected = Math.max(1, latency);
    return expected * (candidate.inFlight() + 1) / candidate.effectiveWeight(nowNanos);
  }

  private double freshness(long idleNanos) {
    long stale = idleNanos - retry.idleNanos();
    return stale <= 0 ? 1 : Math.exp(-(double) stale / retry.idleNanos());
  }
}
