package dev.userservice.election.vote;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One of those whose majority decides: the primary of a shard. A vote that was answered is kept for
 * ever, since the shard keeps it as it keeps any acknowledged write.
 *
 * <p>Every call ends on the election's loop; it fails, within a bounded time, when the voter does
 * not answer. A call that failed may have been carried out all the same.
 */
interface Voter {

  /** The present ballot. */
  CompletionStage<Ballot> read();

  /**
   * Grants the claim if its epoch is higher than any granted before and the ballot is still the one
   * seen; answers the ballot afterwards.
   */
  CompletionStage<Ballot> grant(Claim claim, Ballot seen);

  /**
   * Renews the vote of one who leads by a majority, who may also take it if it was last granted for
   * an earlier epoch, or given back; answers the ballot afterwards.
   */
  CompletionStage<Ballot> renew(Claim claim);

  /** Gives the vote back if it is the claim's; answers the ballot afterwards. */
  CompletionStage<Ballot> release(Claim claim);

  /** Shows that a candidate is alive, and answers all candidates, by what the voter has seen. */
  CompletionStage<List<Candidate>> beat(Candidacy self);

  /** Strikes a candidate off. */
  CompletionStage<Boolean> leave(Candidacy self);

  /** Closes the connection to the voter, if there is one. */
  default void close() {}
}
