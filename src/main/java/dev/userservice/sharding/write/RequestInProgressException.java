package dev.userservice.sharding.write;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/**
 * The same request is still running, in another transaction. It may be this one's own first run,
 * whose connection is lost and whose commit still waits for a replica.
 */
public final class RequestInProgressException extends ProblemException {

  private static final long serialVersionUID = 1L;

  /** Says so to whoever sent the request twice. */
  public RequestInProgressException() {
    super(ProblemType.REQUEST_IN_PROGRESS, "A request with this Idempotency-Key is still running.");
    header("Retry-After", "1");
  }
}
