package dev.userservice.routing;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import org.jspecify.annotations.Nullable;

/** Every server of the shard was asked, and none answered. */
final class NoEndpointException extends ProblemException {

  private static final long serialVersionUID = 1L;

  NoEndpointException(int shard, @Nullable Throwable lastFailure) {
    super(
        ProblemType.UNAVAILABLE,
        "No server of shard " + shard + " answers at the moment.",
        lastFailure);
  }
}
