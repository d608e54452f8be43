package dev.userservice.sharding;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/** The slot of a user is between two shards, so that nobody can tell whether the user exists. */
final class NoOwnerException extends ProblemException {

  private static final long serialVersionUID = 1L;

  NoOwnerException(int shard) {
    super(
        ProblemType.UNAVAILABLE,
        "Shard "
            + shard
            + " does not own the slot of this user any more, and no other shard does yet.");
  }
}
