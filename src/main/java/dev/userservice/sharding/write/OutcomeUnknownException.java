package dev.userservice.sharding.write;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import org.jspecify.annotations.Nullable;

/** Whether the change was made, and will stay, cannot be told from here. */
final class OutcomeUnknownException extends ProblemException {

  private static final long serialVersionUID = 1L;

  private OutcomeUnknownException(int shard, String what, @Nullable Throwable cause) {
    super(
        ProblemType.OUTCOME_UNKNOWN,
        "The primary of shard "
            + shard
            + what
            + " Read before you repeat, or send an Idempotency-Key.",
        cause);
  }

  /** The commit was sent, and the primary went away before it answered. */
  static OutcomeUnknownException unanswered(int shard, @Nullable Throwable cause) {
    return new OutcomeUnknownException(
        shard, " went away during the commit: the change may or may not have been made.", cause);
  }

  /** The commit was made on the primary, without the confirmation of a replica. */
  static OutcomeUnknownException unconfirmed(int shard, Throwable cause) {
    return new OutcomeUnknownException(
        shard,
        " has made the change, and no replica has confirmed it: a failover may undo it.",
        cause);
  }
}
