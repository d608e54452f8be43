package dev.userservice.consistency;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/**
 * A failover has lost, or may have lost, what the session has seen, because commits of the shard do
 * not wait for replicas. The caller begins a new session by sending no token.
 */
public final class SessionLostException extends ProblemException {

  private static final long serialVersionUID = 1L;

  public SessionLostException(int shard) {
    super(
        ProblemType.SESSION_LOST,
        "A failover of shard %d may have lost what this Consistency-Token stands for: go on without."
            .formatted(shard));
  }
}
