package dev.userservice.routing.strategy;

/**
 * Chooses the candidate for one call. Thread-safe, lock-free, and allocates nothing: one instance
 * serves all event loops.
 */
public interface Strategy {

  /**
   * The index of the one to ask.
   *
   * @param candidates at least one, filtered already: reachable, not ejected, fresh enough
   */
  int choose(Candidates candidates, long nowNanos);

  /** How it stands among the candidates now, for explaining; lower is better. */
  double score(Candidate candidate, Candidates candidates, long nowNanos);
}
