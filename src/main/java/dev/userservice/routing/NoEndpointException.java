package dev.userservice.routing;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import org.jspecify.annotations.Nullable;

/** No server of the shard answered the read in time. */
final class NoEndpointException extends ProblemException {

  private static final long serialVersionUID = 1L;

  NoEndpointException(int shard, @Nullable Throwable lastFailure) {
    super(
        ProblemType.UNAVAILABLE,
        "No server of shard " + shard + " answers at the moment.",
        lastFailure);
  }
}
