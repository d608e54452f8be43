package dev.userservice.user;

import dev.userservice.http.BodyLimit;
import dev.userservice.http.Problem;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** All users. */
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "default",
    description = "An error",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class UsersResource {

  private final UserReads reads;
  private final UserWrites writes;

  UsersResource(UserReads reads, UserWrites writes) {
    this.reads = reads;
    this.writes = writes;
  }

  /** Creates a user, in two round trips, four with an Idempotency-Key. */
  @POST
  @Blocking
  @BodyLimit
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "createUser", summary = "Create a user under a new ID")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = User.class)))
  public Response create(
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @NotNull @Valid UserRequest request) {
    IdempotentWrites.Answer answer = writes.create(request, IdempotencyKey.of("POST /users", key));
    Response response = UserAnswers.created(answer.user());
    return answer.replayed()
        ? Response.fromResponse(response).header("Idempotent-Replayed", true).build()
        : response;
  }

  /** A page in ID order, or the users with the given IDs or e-mail: one round trip per shard. */
  @GET
  @Operation(operationId = "listUsers", summary = "List users in ID order, or look some up")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = UserPage.class)))
  public CompletionStage<Response> list(@BeanParam UserQuery query, @Context UriInfo uri) {
    query.check(uri);
    if (query.ids != null) {
      return found(reads.byIds(query.idList()));
    }
    if (query.email != null) {
      return found(reads.byEmail(query.email));
    }
    int limit = query.limitOrDefault();
    return reads
        .page(PageCursor.parse(query.cursor).afterId(), limit + 1)
        .map(users -> paged(UserPage.of(users, limit), limit))
        .toCompletionStage();
  }

  private static CompletionStage<Response> found(Future<List<User>> users) {
    return users.map(list -> Response.ok(new UserPage(list, null)).build()).toCompletionStage();
  }

  private static Response paged(UserPage page, int limit) {
    Response.ResponseBuilder response = Response.ok(page);
    if (page.nextCursor() != null) {
      response.header(
          HttpHeaders.LINK,
          "</users?cursor=%s&limit=%d>; rel=\"next\"".formatted(page.nextCursor(), limit));
    }
    return response.build();
  }
}
