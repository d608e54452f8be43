package dev.userservice.routing.strategy;

/** Chooses any candidate with equal probability. The score is the same for all. */
final class RandomChoice implements Strategy {

  private final RandomSource random;

  RandomChoice(RandomSource random) {
    this.random = random;
  }

  @Override
  public int choose(Candidates candidates, long nowNanos) {
    int size = candidates.size();
    return size == 1 ? 0 : (int) (random.nextFraction() * size);
  }

  @Override
  public double score(Candidate candidate, Candidates candidates, long nowNanos) {
    return 0;
  }
}
