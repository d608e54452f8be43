package dev.userservice.user.bulk;

import dev.userservice.user.User;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** All users, streamed out as NDJSON: one JSON document per line. */
@Path("/users/export")
class ExportResource {

  static final String NDJSON = "application/x-ndjson";

  private final UserExport export;

  ExportResource(UserExport export) {
    this.export = export;
  }

  /** Writes all users in ID order: one round trip per thousand users of a shard. */
  @GET
  @Blocking
  @Produces(NDJSON)
  @Operation(operationId = "exportUsers", summary = "All users as NDJSON, in ID order")
  @APIResponse(
      responseCode = "200",
      content = @Content(mediaType = NDJSON, schema = @Schema(implementation = User.class)))
  public StreamingOutput exportUsers() {
    return export::write;
  }
}
