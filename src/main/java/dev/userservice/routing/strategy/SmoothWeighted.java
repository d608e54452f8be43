package dev.userservice.routing.strategy;

/**
 * Each in turn, as often as its weight says and spread evenly: weights 5, 1, 1 give a a b a c a a
 * and not five times a in a row. This is nginx's smooth weighted round robin: before each choice
 * every candidate is credited its weight, the one with the most credit is chosen and debited the
 * weights of all.
 *
 * <p>nginx does this under a lock. Here the credits are atomic counters that are only added to. One
 * thread alone chooses exactly as nginx would. Threads that choose at the same moment may see each
 * other's credits half booked and take the same candidate, but every addition is kept, so the
 * credits still sum to zero, and who was taken once too often waits the longer: shares stay exact.
 *
 * <p>The score is the credit that the candidate lacks at the next choice against the richest.
 */
final class SmoothWeighted implements Strategy {

  // Weights go down to 0.01, a tenth of that in a slow start.
  private static final double UNITS = 1_000_000;

  @Override
  public int choose(Candidates candidates, long nowNanos) {
    int size = candidates.size();
    if (size == 1) {
      return 0;
    }
    int richest = 0;
    long most = Long.MIN_VALUE;
    long total = 0;
    for (int index = 0; index < size; index++) {
      Candidate candidate = candidates.get(index);
      long weight = units(candidate, nowNanos);
      long credit = candidate.smoothCredit().addAndGet(weight);
      total += weight;
      if (credit > most) {
        most = credit;
        richest = index;
      }
    }
    candidates.get(richest).smoothCredit().getAndAdd(-total);
    return richest;
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
