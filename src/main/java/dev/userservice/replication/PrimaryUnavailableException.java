package dev.userservice.replication;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/** No server of the shard accepts writes, and none did within the configured wait. */
public final class PrimaryUnavailableException extends ProblemException {

  private static final long serialVersionUID = 1L;

  public PrimaryUnavailableException(int shard, Throwable cause) {
    super(
        ProblemType.UNAVAILABLE,
        "Shard " + shard + " has no primary at the moment; nothing was changed.",
        cause);
  }
}
