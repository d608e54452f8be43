package dev.userservice.sharding.write;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/** The shard could not take the write; nothing was changed. */
final class WriteUnavailableException extends ProblemException {

  private static final long serialVersionUID = 1L;

  WriteUnavailableException(int shard, Throwable cause) {
    super(
        ProblemType.UNAVAILABLE,
        "Shard " + shard + " takes no writes at the moment; nothing was changed.",
        cause);
  }
}
