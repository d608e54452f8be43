package dev.userservice.user.api;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.http.BodyLimit;
import dev.userservice.http.CacheControl;
import dev.userservice.sharding.write.Committed;
import dev.userservice.user.Preconditions;
import dev.userservice.user.User;
import dev.userservice.user.UserId;
import dev.userservice.user.UserPatch;
import dev.userservice.user.UserReads;
import dev.userservice.user.UserWrites;
import dev.userservice.user.idempotency.IdempotencyKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** One user under its ID. */
@Tag(name = "users")
@Path("/users/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RegisterForReflection
class UserResource {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final UserReads reads;
  private final UserWrites writes;
  private final ConsistencyPolicy policy;
  private final UserAnswers answers;

  UserResource(UserReads reads, UserWrites writes, ConsistencyPolicy policy, UserAnswers answers) {
    this.reads = reads;
    this.writes = writes;
    this.policy = policy;
    this.answers = answers;
  }

  /** One user, in one database round trip. */
  @GET
  @CacheControl(CacheControl.ASK_EACH_TIME)
  @Operation(operationId = "getUser", summary = "Get a user")
  @APIResponse(
      responseCode = "200",
      description = "The user",
      headers = {
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Served-By", ref = "Served-By")
      },
      content = @Content(schema = @Schema(implementation = User.class)))
  @APIResponse(
      responseCode = "304",
      description = "If-None-Match names the present version",
      headers = {
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Served-By", ref = "Served-By")
      })
  @APIResponse(responseCode = "404", ref = "Problem404")
  public CompletionStage<RestResponse<User>> get(
      @PathParam("id") UserId id,
      @BeanParam Preconditions preconditions,
      @BeanParam Session session) {
    Consistency asked = session.consistency(policy);
    return reads
        .byId(id.value(), asked)
        .map(served -> answers.read(id.value(), served, Function.identity(), asked, preconditions))
        .toCompletionStage();
  }

  /** Creates or replaces a user, in three round trips, four with a condition. */
  @PUT
  @Blocking
  @BodyLimit
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "putUser", summary = "Create or replace a user")
  @APIResponse(
      responseCode = "200",
      description = "The user, which was replaced",
      headers = {
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token")
      },
      content = @Content(schema = @Schema(implementation = User.class)))
  @APIResponse(
      responseCode = "201",
      description = "The user, which is new",
      headers = {
        @Header(name = "Location", ref = "Location"),
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token")
      },
      content = @Content(schema = @Schema(implementation = User.class)))
  public Response put(
      @PathParam("id") UserId id,
      @BeanParam Preconditions preconditions,
      @BeanParam Session session,
      @NotNull @Valid UserBody body) {
    Consistency asked = session.consistency(policy);
    Committed<User> put = writes.put(id.value(), body.of(id.value()), preconditions);
    return put.value().version() == 1 ? answers.created(put, asked) : answers.shown(put, asked);
  }

  /** Changes single fields of a user, in four round trips, six with an Idempotency-Key. */
  @PATCH
  @Blocking
  @BodyLimit
  @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Operation(operationId = "patchUser", summary = "Change some fields of a user (RFC 7396)")
  @RequestBody(content = @Content(schema = @Schema(implementation = PatchedFields.class)))
  @APIResponse(
      responseCode = "200",
      description = "The user as it is now",
      headers = {
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Idempotent-Replayed", ref = "Idempotent-Replayed")
      },
      content = @Content(schema = @Schema(implementation = User.class)))
  @APIResponse(responseCode = "404", ref = "Problem404")
  public Response patch(
      @PathParam("id") UserId id,
      @BeanParam Preconditions preconditions,
      @HeaderParam(IdempotencyKey.HEADER)
          @Parameter(
              description = IdempotencyKey.MEANING,
              schema = @Schema(type = SchemaType.STRING, pattern = IdempotencyKey.FORM))
          @Nullable String key,
      @BeanParam Session session,
      @NotNull UserPatch patch) {
    IdempotencyKey idempotency = IdempotencyKey.of("PATCH /users/" + id.value(), key);
    Consistency asked = session.consistency(policy);
    return answers.shownOnce(
        writes.patch(id.value(), patch, preconditions, idempotency), Function.identity(), asked);
  }

  /** Removes a user, in three round trips, four with a condition. */
  @DELETE
  @Blocking
  @Operation(operationId = "deleteUser", summary = "Delete a user")
  @APIResponse(
      responseCode = "204",
      description = "The user is gone",
      headers = {@Header(name = "Consistency-Token", ref = "Consistency-Token")})
  @APIResponse(responseCode = "404", ref = "Problem404")
  public Response delete(
      @PathParam("id") UserId id,
      @BeanParam Preconditions preconditions,
      @BeanParam Session session) {
    Consistency asked = session.consistency(policy);
    return answers.gone(writes.delete(id.value(), preconditions), asked);
  }
}
