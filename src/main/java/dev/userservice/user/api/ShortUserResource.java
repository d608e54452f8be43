package dev.userservice.user.api;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.http.BodyLimit;
import dev.userservice.http.CacheControl;
import dev.userservice.user.NameAndAge;
import dev.userservice.user.Preconditions;
import dev.userservice.user.UserId;
import dev.userservice.user.UserReads;
import dev.userservice.user.UserWrites;
import dev.userservice.user.idempotency.IdempotencyKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * A user in its short form: {@code id}, {@code name} and {@code age}. The oldest part of the API,
 * kept compatible.
 */
@Tag(name = "short users")
@Path("/user/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RegisterForReflection
class ShortUserResource {

  private final UserReads reads;
  private final UserWrites writes;
  private final ConsistencyPolicy policy;
  private final UserAnswers answers;

  ShortUserResource(
      UserReads reads, UserWrites writes, ConsistencyPolicy policy, UserAnswers answers) {
    this.reads = reads;
    this.writes = writes;
    this.policy = policy;
    this.answers = answers;
  }

  /** One user, in one database round trip. */
  @GET
  @CacheControl(CacheControl.ASK_EACH_TIME)
  @Operation(operationId = "getFounding", summary = "Get a user's id, name and age")
  @APIResponse(
      responseCode = "200",
      description = "The user",
      headers = {
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Served-By", ref = "Served-By")
      },
      content = @Content(schema = @Schema(implementation = ShortUser.class)))
  @APIResponse(
      responseCode = "304",
      description = "If-None-Match names the present version",
      headers = {
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Served-By", ref = "Served-By")
      })
  @APIResponse(responseCode = "404", ref = "Problem404")
  public CompletionStage<RestResponse<ShortUser>> get(
      @PathParam("id") UserId id,
      @BeanParam Preconditions preconditions,
      @BeanParam Session session) {
    Consistency asked = session.consistency(policy);
    return reads
        .byId(id.value(), asked)
        .map(served -> answers.read(id.value(), served, ShortUser::of, asked, preconditions))
        .toCompletionStage();
  }

  /**
   * Creates a user, or sets the name and the age of one, in three round trips, four with a
   * condition, two more with a key.
   */
  @POST
  @Blocking
  @BodyLimit
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "postFounding", summary = "Create a user, or set its name and age")
  @APIResponse(
      responseCode = "200",
      description = "The user as it is now",
      headers = {
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Idempotent-Replayed", ref = "Idempotent-Replayed")
      },
      content = @Content(schema = @Schema(implementation = ShortUser.class)))
  public Response post(
      @PathParam("id") UserId id,
      @HeaderParam(IdempotencyKey.HEADER)
          @Parameter(
              description = IdempotencyKey.MEANING,
              schema = @Schema(type = SchemaType.STRING, pattern = IdempotencyKey.FORM))
          @Nullable String key,
      @BeanParam Preconditions preconditions,
      @BeanParam Session session,
      @NotNull @Valid NameAndAge request) {
    IdempotencyKey idempotency = IdempotencyKey.of("POST /user/" + id.value(), key);
    Consistency asked = session.consistency(policy);
    return answers.shownOnce(
        writes.putNameAndAge(id.value(), request, preconditions, idempotency),
        ShortUser::of,
        asked);
  }
}
