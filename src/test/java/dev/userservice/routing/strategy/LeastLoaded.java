package dev.userservice.routing.strategy;

/** The second balancer of the published experiment: of two, the one with fewer calls in flight. */
final class LeastLoaded implements Strategy {

  private final RandomSource random;

  LeastLoaded(RandomSource random) {
    this.random = random;
  }

  static int betterOfTwo(Strategy strategy, RandomSource random, Candidates all, long now) {
    int size = all.size();
    int first = (int) (random.nextFraction() * size);
    int second = (int) (random.nextFraction() * (size - 1));
    second += second >= first ? 1 : 0;
    double one = strategy.score(all.get(first), all, now);
    return one <= strategy.score(all.get(second), all, now) ? first : second;
  }

  @Override
  public int choose(Candidates candidates, long now) {
    return betterOfTwo(this, random, candidates, now);
  }

  @Override
  public double score(Candidate candidate, Candidates candidates, long now) {
    return candidate.inFlight();
  }
}
