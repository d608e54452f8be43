package dev.userservice.election;

import dev.userservice.election.lock.LockState;
import dev.userservice.leader.Term;

/** Hears of each change once, on the election's loop, and of none after the elector has stopped. */
interface ElectionListener {

  /** This process leads: the lock has confirmed it. */
  void elected(Term term);

  /** This process leads no longer. */
  void deposed(Term term, String why);

  /** What this process still sent for its last term was refused: a newer epoch was granted. */
  default void superseded(Term term, long newestEpoch) {}

  /** The lease was renewed, which took so long. */
  default void renewed(long nanos) {}

  /** The lock shows this. */
  default void observed(LockState state) {}
}
