package dev.userservice.routing.strategy;

/**
 * Chooses the candidate for a call. Thread-safe and lock-free, allocates nothing. One instance
 * serves all event loops.
 */
public interface Strategy {

  /**
   * The index of the chosen candidate.
   *
   * @param candidates at least one; all are eligible
   */
  int choose(Candidates candidates, long nowNanos);

  /** The present score of a candidate among the others, for explanations; lower is better. */
  double score(Candidate candidate, Candidates candidates, long nowNanos);
}
