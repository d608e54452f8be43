package dev.userservice.user;

import dev.userservice.http.Problem;
import dev.userservice.sharding.BulkWrites;
import dev.userservice.sharding.Shards;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** All users at once, streamed in and out as NDJSON: one JSON document per line. */
@Path("/users")
@APIResponse(
    responseCode = "default",
    description = "An error",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class BulkResource {

  private static final String NDJSON = "application/x-ndjson";

  private final Shards shards;
  private final BulkWrites writes;
  private final ImportParser parser;
  private final UserExport export;
  private final ExecutorService executor;

  BulkResource(
      Shards shards,
      BulkWrites writes,
      ImportParser parser,
      UserExport export,
      ExecutorService executor) {
    this.shards = shards;
    this.writes = writes;
    this.parser = parser;
    this.export = export;
    this.executor = executor;
  }

  /** Creates the user of every good line, and tells which lines were not good, and why. */
  @POST
  @Path("/import")
  @Blocking
  @Consumes({NDJSON, "application/jsonl"})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "importUsers", summary = "Create users from NDJSON; good lines are kept")
  @RequestBody(
      content = @Content(mediaType = NDJSON, schema = @Schema(implementation = ImportedUser.class)))
  public ImportReport.Summary importUsers(InputStream body) throws IOException {
    return new UserImport(shards, writes, parser, executor).run(body);
  }

  /** Writes all users in ID order. */
  @GET
  @Path("/export")
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
