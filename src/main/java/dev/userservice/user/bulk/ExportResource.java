package dev.userservice.user.bulk;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.user.api.Session;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All users, streamed out as NDJSON: one JSON document per line. */
@Tag(name = "users")
@Path("/users/export")
@RegisterForReflection
class ExportResource {

  static final String NDJSON = "application/x-ndjson";

  private final UserExport export;
  private final ConsistencyPolicy policy;

  ExportResource(UserExport export, ConsistencyPolicy policy) {
    this.export = export;
    this.policy = policy;
  }

  /** Writes all users in ID order: one round trip per thousand users of a shard. */
  @GET
  @Blocking
  @Produces(NDJSON)
  @Operation(operationId = "exportUsers", summary = "All users as NDJSON, in ID order")
  @APIResponse(
      responseCode = "200",
      description = "A User in each line",
      content =
          @Content(
              mediaType = NDJSON,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public StreamingOutput exportUsers(@BeanParam Session session) {
    Consistency asked = session.consistency(policy);
    return output -> export.write(output, asked);
  }
}
