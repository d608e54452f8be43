package dev.userservice.user;

import dev.userservice.replication.Consistency;
import dev.userservice.replication.ConsistencyPolicy;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a request says of the session it belongs to. */
final class Session {

  @HeaderParam(ConsistencyPolicy.LEVEL_HEADER)
  @Parameter(description = "strong, session, bounded=<milliseconds> or eventual")
  @Nullable String level;

  @HeaderParam(ConsistencyPolicy.TOKEN_HEADER)
  @Parameter(description = "The Consistency-Token of the session's last answer")
  @Nullable String token;

  Consistency consistency(ConsistencyPolicy policy) {
    return policy.of(level, token);
  }
}
