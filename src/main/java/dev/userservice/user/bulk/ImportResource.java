package dev.userservice.user.bulk;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.sharding.Shards;
import dev.userservice.sharding.write.Committed;
import dev.userservice.sharding.write.WriteGate;
import dev.userservice.user.api.Session;
import dev.userservice.user.api.UserAnswers;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many users at once, streamed in as NDJSON: one JSON document per line. */
@Tag(name = "users")
@Path("/users/import")
@RegisterForReflection
class ImportResource {

  private final Shards shards;
  private final WriteGate gate;
  private final UserAnswers answers;
  private final ImportParser parser;
  private final ExecutorService executor;
  private final ConsistencyPolicy policy;

  ImportResource(
      Shards shards,
      WriteGate gate,
      UserAnswers answers,
      ImportParser parser,
      ExecutorService executor,
      ConsistencyPolicy policy) {
    this.shards = shards;
    this.gate = gate;
    this.answers = answers;
    this.parser = parser;
    this.executor = executor;
    this.policy = policy;
  }

  /** Creates the user of every good line: one round trip per thousand users of a shard. */
  @POST
  @Blocking
  @Consumes({ExportResource.NDJSON, "application/jsonl"})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "importUsers",
      summary = "Create users from NDJSON; good lines are kept, the others told")
  @RequestBody(
      content =
          @Content(
              mediaType = ExportResource.NDJSON,
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      format = "binary",
                      description =
                          "A UserRequest in each line, optionally with an id; version, createdAt"
                              + " and updatedAt are ignored",
                      examples = "{\"name\":\"Ada\"}\n{\"id\":7,\"name\":\"Grace\",\"age\":85}\n")))
  @APIResponse(
      responseCode = "200",
      description = "What became of the lines",
      headers = @Header(name = "Consistency-Token", ref = "Consistency-Token"),
      content = @Content(schema = @Schema(implementation = ImportReport.Summary.class)))
  public Response importUsers(@BeanParam Session session, InputStream body) throws IOException {
    Consistency consistency = session.consistency(policy);
    ImportReport.Summary summary = new UserImport(shards, gate, parser, executor).run(body);
    return answers
        .written(new Committed<>(summary, gate.positions(shards.all())), consistency)
        .build();
  }
}
