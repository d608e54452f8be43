package dev.userservice.drill;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one request.
 *
 * @param status the HTTP status, 0 when the connection was lost or the request took too long
 * @param counter the user's counter, -1 if the body has none
 * @param token the answer's consistency token
 * @param servedBy which server answered a read
 * @param problem the body of an error, or what happened to the connection
 */
record UserAnswer(
    int status, long counter, @Nullable String token, @Nullable ServedBy servedBy, String problem) {

  static UserAnswer lost(Throwable failure) {
    return new UserAnswer(0, -1, null, null, failure.toString());
  }

  boolean successful() {
    return status / 100 == 2;
  }

  boolean notFound() {
    return status == 404;
  }

  /** Whether the service promises that nothing was changed. */
  boolean refused() {
    return problem.contains("\"/problems/unavailable\"");
  }

  /** Whether a failover may have lost what the session has seen. */
  boolean sessionLost() {
    return problem.contains("\"/problems/session-lost\"");
  }

  String role() {
    return servedBy == null ? "untold" : servedBy.role();
  }
}
