package dev.userservice.routing.strategy;

/**
 * Chooses the candidates in turn, in proportion to their weights and evenly spread: weights 5, 1, 1
 * give a a b a c a a. This is nginx's smooth weighted round robin: at each choice every candidate
 * is credited its weight, and the candidate with the most credit is chosen and debited the sum of
 * all weights.
 *
 * <p>nginx does this under a lock; here the credits are atomic counters, changed by additions only.
 * A single thread chooses exactly as nginx does. Threads that choose at the same time may see
 * incomplete updates of each other and choose the same candidate, but no addition is lost: the sum
 * of the credits stays zero, so that the shares stay exact.
 *
 * <p>The score is the difference between the most credit of any candidate and its own, at the next
 * choice.
 */
final class SmoothWeighted implements Strategy {

  // The least weight is 0.01, and a tenth of it at the beginning of a slow start.
  private static final double UNITS = 1_000_000;

  @Override
  public int choose(Candidates candidates, long nowNanos) {
    int size = candidates.size();
    if (size == 1) {
      return 0;
    }
    int chosen = 0;
    long most = Long.MIN_VALUE;
    long total = 0;
    for (int index = 0; index < size; index++) {
      Candidate candidate = candidates.get(index);
      long weight = units(candidate, nowNanos);
      long credit = candidate.smoothCredit().addAndGet(weight);
      total += weight;
      if (credit > most) {
        most = credit;
        chosen = index;
      }
    }
    candidates.get(chosen).smoothCredit().getAndAdd(-total);
    return chosen;
  }

  @Override
  public double score(Candidate candidate, Candidates candidates, long nowNanos) {
    long most = Long.MIN_VALUE;
    for (int index = 0; index < candidates.size(); index++) {
      most = Math.max(most, next(candidates.get(index), nowNanos));
    }
    return (most - next(candidate, nowNanos)) / UNITS;
  }

  private static long next(Candidate candidate, long nowNanos) {
    return candidate.smoothCredit().get() + units(candidate, nowNanos);
  }

  private static long units(Candidate candidate, long nowNanos) {
    return Math.round(candidate.effectiveWeight(nowNanos) * UNITS);
  }
}
