package dev.userservice.sharding.write;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import org.jspecify.annotations.Nullable;

/** The primary went away while it was committing; whether it did cannot be told from here. */
final class OutcomeUnknownException extends ProblemException {

  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(int shard, @Nullable Throwable cause) {
    super(
        ProblemType.OUTCOME_UNKNOWN,
        "The primary of shard "
            + shard
            + " went away during the commit: the change may or may not have been made. Read before"
            + " you repeat, or send an Idempotency-Key.",
        cause);
  }
}
