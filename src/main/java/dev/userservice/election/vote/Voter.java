package dev.userservice.election.vote;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A voter: the primary of a shard. An acknowledged vote is durable, as any acknowledged write of
 * the shard.
 *
 * <p>Every call completes on the election's loop. It fails, within a bounded time, if the voter
 * does not answer; it may have had its effect then.
 */
interface Voter {

  /** Reads the ballot. */
  CompletionStage<Ballot> read();

  /**
   * Grants the claim if its epoch is higher than all granted before and the ballot is still the one
   * that was seen.
   *
   * @return the ballot afterwards
   */
  CompletionStage<Ballot> grant(Claim claim, Ballot seen);

  /**
   * Renews the vote of a leader, which has a majority. Also takes the vote if it was released or
   * last granted for an earlier epoch.
   *
   * @return the ballot afterwards
   */
  CompletionStage<Ballot> renew(Claim claim);

  /**
   * Releases the vote if it belongs to the claim.
   *
   * @return the ballot afterwards
   */
  CompletionStage<Ballot> release(Claim claim);

  /**
   * Registers a candidate as alive.
   *
   * @return all candidates that the voter knows
   */
  CompletionStage<List<Candidate>> beat(Candidacy self);

  /**
   * Removes a candidate.
   *
   * @return whether it was there
   */
  CompletionStage<Boolean> leave(Candidacy self);

  /** Closes the connection to the voter, if there is one. */
  default void close() {}
}
