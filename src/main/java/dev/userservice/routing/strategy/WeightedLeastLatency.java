package dev.userservice.routing.strategy;

/**
 * Chooses in proportion to the weights, but avoids a candidate that is clearly slower than another:
 * two different candidates are drawn in proportion to their weights, and the first is chosen unless
 * the second is better by more than noise. Drawing two prevents many routers with the same view
 * from all choosing the same candidate (Mitzenmacher, "The Power of Two Choices in Randomized Load
 * Balancing"; the balancers of Finagle and Linkerd). docs/adr/0004-weighted-least-latency.md says,
 * with measurements, why this is not the plain product of latency and queue over weight.
 *
 * <p>The cost of a candidate is latency × queue. Latency is the {@link LatencyEstimate}, or the
 * time for which calls have been in flight without any answer if that is longer, so that a server
 * that hangs is avoided after a few of its usual latencies. Queue compares its calls in flight with
 * its share of those of the pair; {@link #SLACK} on both sides makes two or three calls irrelevant.
 * Between the ratios {@link #TOLERATED} and {@link #CLEAR} the second is chosen with growing
 * probability; a step would make many routers change over together.
 *
 * <p>A candidate that is not chosen because it was slow gets no calls that could show that it is
 * fast again. After {@link RetrySettings#idleNanos} without a call it is therefore chosen with a
 * small probability, which keeps such calls below one in a hundred.
 *
 * <p>The score is latency × queue, compared with the calls in flight of all candidates, in
 * nanoseconds.
 */
final class WeightedLeastLatency implements Strategy {

  private static final double SLACK = 4;
  private static final double TOLERATED = 1.25;
  private static final double CLEAR = 2;

  private final RetrySettings retry;
  private final RandomSource random;

  WeightedLeastLatency(RetrySettings retry, RandomSource random) {
    this.retry = retry;
    this.random = random;
  }

  @Override
  public int choose(Candidates candidates, long nowNanos) {
    if (candidates.size() == 1) {
      return 0;
    }
    double total = candidates.weigh(nowNanos);
    int first = candidates.draw(random.nextFraction() * total, -1);
    double others = total - candidates.weight(first);
    int second = candidates.draw(random.nextFraction() * others, first);
    double worse = ratio(candidates, first, second, nowNanos);
    if (worse <= TOLERATED) {
      return first;
    }
    boolean change = random.nextFraction() * (CLEAR - TOLERATED) < worse - TOLERATED;
    return change && !retried(candidates.get(first), nowNanos) ? second : first;
  }

  @Override
  public double score(Candidate candidate, Candidates candidates, long nowNanos) {
    double weights = 0;
    double inFlight = 0;
    double known = 0;
    for (int index = 0; index < candidates.size(); index++) {
      weights += candidates.get(index).effectiveWeight(nowNanos);
      inFlight += candidates.get(index).inFlight();
      known = Math.max(known, candidates.get(index).averageNanos());
    }
    double fair = inFlight * candidate.effectiveWeight(nowNanos) / weights;
    return latency(candidate, known, nowNanos) * queue(candidate, fair);
  }

  /** The cost of the first divided by the cost of the second. */
  private static double ratio(Candidates candidates, int first, int second, long nowNanos) {
    Candidate one = candidates.get(first);
    Candidate other = candidates.get(second);
    double oneShare =
        candidates.weight(first) / (candidates.weight(first) + candidates.weight(second));
    double inFlight = (double) one.inFlight() + other.inFlight();
    double oneCost = latency(one, other.averageNanos(), nowNanos) * queue(one, inFlight * oneShare);
    double otherCost =
        latency(other, one.averageNanos(), nowNanos) * queue(other, inFlight * (1 - oneShare));
    return oneCost / otherCost;
  }

  /** The latency; without samples that of the other candidate, or the silence if it is longer. */
  private static double latency(Candidate candidate, double otherwise, long nowNanos) {
    double average = candidate.averageNanos();
    double known = average > 0 ? average : Math.max(1, otherwise);
    return Math.max(known, (double) candidate.silenceNanos(nowNanos));
  }

  private static double queue(Candidate candidate, double fair) {
    return (candidate.inFlight() + SLACK) / (fair + SLACK);
  }

  private boolean retried(Candidate passedOver, long nowNanos) {
    return passedOver.idleNanos(nowNanos) > retry.idleNanos()
        && random.nextFraction() < retry.probability();
  }
}
