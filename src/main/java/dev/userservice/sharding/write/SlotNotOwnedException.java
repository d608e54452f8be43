package dev.userservice.sharding.write;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/** The shard refused a write since it does not own the slot of a user. Nothing was changed. */
public final class SlotNotOwnedException extends ProblemException {

  private static final long serialVersionUID = 1L;

  SlotNotOwnedException(int shard, Throwable refusal) {
    super(
        ProblemType.UNAVAILABLE,
        "Shard "
            + shard
            + " does not own the slot of this user any more, and no other shard does yet; nothing"
            + " was changed.",
        refusal);
  }
}
