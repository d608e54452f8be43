package dev.userservice.election;

import dev.userservice.election.lock.LockState;
import dev.userservice.leader.Term;

/**
 * Receives each change of the election once, on the election's loop, and none after the elector has
 * stopped.
 */
interface ElectionListener {

  /** This process became the leader: the lock has confirmed it. */
  void elected(Term term);

  /** This process ceased to be the leader. */
  void deposed(Term term, String why);

  /** A newer epoch was granted since, so the databases refuse statements of this term. */
  default void superseded(Term term, long newestEpoch) {}

  /** A renewal was confirmed, in so many nanoseconds. */
  default void renewed(long nanos) {}

  /** The lock was observed in this state. */
  default void observed(LockState state) {}
}
