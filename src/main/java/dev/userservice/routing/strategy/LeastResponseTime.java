package dev.userservice.routing.strategy;

/**
 * The candidate whose average latency × (calls in flight + 1) ÷ weight is the least of all. This is
 * the idea of Stork's strategy of the same name without what goes wrong there: the average decays
 * by time and not by call, calls in flight count, and a failure costs seconds instead of a minute.
 *
 * <p>A candidate that nothing is sent to looks faster with time, so that it is tried again. Asking
 * it ends that at once, before the answer is here: otherwise everybody would follow the first.
 *
 * <p>It takes the best by however little, so many routers with the same view follow each other, and
 * at low rates the fastest gets everything. {@link WeightedLeastLatency} does neither. The score is
 * the product above, in nanoseconds.
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
    // Begins anywhere, so that equals share.
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
    // Of candidates that nothing is known of yet, the one with fewer calls in flight is first.
    double expected = Math.max(1, latency);
    return expected * (candidate.inFlight() + 1) / candidate.effectiveWeight(nowNanos);
  }

  private double freshness(long idleNanos) {
    long stale = idleNanos - retry.idleNanos();
    return stale <= 0 ? 1 : Math.exp(-(double) stale / retry.idleNanos());
  }
}
