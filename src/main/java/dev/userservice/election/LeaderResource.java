package dev.userservice.election;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The resource of the leader. */
@Tag(name = "operations")
@Path("/leader")
@Produces(MediaType.APPLICATION_JSON)
@RegisterForReflection
public class LeaderResource {

  private final Election election;

  LeaderResource(Election election) {
    this.election = election;
  }

  /** The leader as this process last saw it; calls no other process. */
  @GET
  @Operation(operationId = "getLeader", summary = "Which process leads")
  @APIResponse(
      responseCode = "200",
      description = "The leader",
      content = @Content(schema = @Schema(implementation = LeaderView.class)))
  public LeaderView leader() {
    return election
        .leader()
        .orElseThrow(
            () -> new ProblemException(ProblemType.UNAVAILABLE, "Nobody leads at the moment."));
  }
}
