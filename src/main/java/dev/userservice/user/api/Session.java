package dev.userservice.user.api;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The request headers that ask for a level of consistency and carry the token of a session. */
@RegisterForReflection
public final class Session {

  static final String LEVEL_MEANING =
      "How fresh the answer must be: strong, session, bounded=<milliseconds> or eventual";
  static final String LEVEL_FORM =
      "^(strong|session|eventual|bounded=([0-9]{1,6}|[12][0-9]{6}|3[0-5][0-9]{5}|3600000))$";
  static final String TOKEN_MEANING = "The Consistency-Token of the session's last answer";
  static final String TOKEN_FORM = "^[A-Za-z0-9_-]+$";

  @HeaderParam(ConsistencyPolicy.LEVEL_HEADER)
  @Parameter(
      description = LEVEL_MEANING,
      schema = @Schema(type = SchemaType.STRING, pattern = LEVEL_FORM))
  @Nullable String level;

  @HeaderParam(ConsistencyPolicy.TOKEN_HEADER)
  @Parameter(
      description = TOKEN_MEANING,
      schema = @Schema(type = SchemaType.STRING, pattern = TOKEN_FORM))
  @Nullable String token;

  /** What the request asks of consistency. */
  public Consistency consistency(ConsistencyPolicy policy) {
    return policy.of(level, token);
  }
}
