package dev.userservice.user;

import dev.userservice.http.BodyLimit;
import dev.userservice.http.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The founding contract: {@code id}, {@code name} and {@code age}. Kept working for ever. */
@Path("/user/{id}")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "default",
    description = "An error",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class FoundingResource {

  private final UserReads reads;
  private final UserWrites writes;

  FoundingResource(UserReads reads, UserWrites writes) {
    this.reads = reads;
    this.writes = writes;
  }

  /** One user, in one database round trip. */
  @GET
  @Operation(operationId = "getFounding", summary = "Get a user's id, name and age")
  public CompletionStage<FoundingUser> get(@PathParam("id") String text) {
    long id = UserId.parse(text);
    return reads
        .byId(id)
        .map(user -> FoundingUser.of(user.orElseThrow(() -> new UserNotFoundException(id))))
        .toCompletionStage();
  }

  /** Creates a user, or sets the name and the age of one, in two round trips. */
  @POST
  @Blocking
  @BodyLimit
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "postFounding", summary = "Create a user, or set its name and age")
  public FoundingUser post(
      @PathParam("id") String text,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @NotNull @Valid FoundingRequest request) {
    long id = UserId.parse(text);
    return FoundingUser.of(
        writes.putNameAndAge(id, request, IdempotencyKey.of("POST /user/" + id, key)));
  }
}
