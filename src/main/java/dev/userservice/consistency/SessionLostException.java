package dev.userservice.consistency;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/**
 * A failover lost what the session had seen, or may have: the shard's commits do not wait for
 * replicas. The caller begins a new session by sending no token.
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
