package dev.userservice.user.api;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The headers of a request that name its session and its consistency level. */
public final class Session {

  @HeaderParam(ConsistencyPolicy.LEVEL_HEADER)
  @Parameter(description = "strong, session, bounded=<milliseconds> or eventual")
  @Nullable String level;

  @HeaderParam(ConsistencyPolicy.TOKEN_HEADER)
  @Parameter(description = "The Consistency-Token of the session's last answer")
  @Nullable String token;

  public Consistency consistency(ConsistencyPolicy policy) {
    return policy.of(level, token);
  }
}
