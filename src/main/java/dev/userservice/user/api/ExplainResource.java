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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Explains which servers are eligible for a read. */
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
  public Explanation explain(
      @QueryParam("id") @Parameter(description = "A user's ID", required = true)
          @Nullable String id,
      @QueryParam("consistency") @Nullable String level,
      @HeaderParam(ConsistencyPolicy.TOKEN_HEADER) @Nullable String token) {
    return shards.of(UserId.parse(id == null ? "" : id)).explain(policy.of(level, token));
  }
}
