package dev.userservice.user.api;

import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.routing.Explanation;
import dev.userservice.sharding.Shards;
import dev.userservice.user.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Explains which servers are eligible for a read. */
@Tag(name = "operations")
@Path("/routing/explain")
@Produces(MediaType.APPLICATION_JSON)
@RegisterForReflection
class ExplainResource {

  private final Shards shards;
  private final ConsistencyPolicy policy;

  ExplainResource(Shards shards, ConsistencyPolicy policy) {
    this.shards = shards;
    this.policy = policy;
  }

  /** Which servers are eligible for a read of a user now. Reads nothing and asks no server. */
  @GET
  @Operation(operationId = "explainRouting", summary = "Which servers could answer a read, and why")
  @APIResponse(
      responseCode = "200",
      description = "The servers of the user's shard",
      content = @Content(schema = @Schema(implementation = Explanation.class)))
  public Explanation explain(
      @QueryParam("id")
          @Parameter(
              description = "A user's ID",
              required = true,
              schema = @Schema(implementation = UserId.class))
          @Nullable String id,
      @QueryParam("consistency")
          @Parameter(
              description = Session.LEVEL_MEANING,
              schema = @Schema(type = SchemaType.STRING, pattern = Session.LEVEL_FORM))
          @Nullable String level,
      @HeaderParam(ConsistencyPolicy.TOKEN_HEADER)
          @Parameter(
              description = Session.TOKEN_MEANING,
              schema = @Schema(type = SchemaType.STRING, pattern = Session.TOKEN_FORM))
          @Nullable String token) {
    return shards.of(UserId.parse(id == null ? "" : id)).explain(policy.of(level, token));
  }
}
