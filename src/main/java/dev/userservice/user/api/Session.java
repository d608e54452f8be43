package dev.userservice.user.api;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The request headers that ask for a level of consistency and carry the token of a session. */
@RegisterForReflection
public final class Session {

  @HeaderParam(ConsistencyPolicy.LEVEL_HEADER)
  @Parameter(description = "strong, session, bounded=<milliseconds> or eventual")
  @Nullable String level;

  @HeaderParam(ConsistencyPolicy.TOKEN_HEADER)
  @Parameter(description = "The Consistency-Token of the session's last answer")
  @Nullable String token;

  /** What the request asks of consistency. */
  public Consistency consistency(ConsistencyPolicy policy) {
    return policy.of(level, token);
  }
}
