package dev.userservice.user.api;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.http.BodyLimit;
import dev.userservice.sharding.Gathered;
import dev.userservice.sharding.write.Committed;
import dev.userservice.user.User;
import dev.userservice.user.UserReads;
import dev.userservice.user.UserWrites;
import dev.userservice.user.idempotency.IdempotencyKey;
import dev.userservice.user.idempotency.IdempotentWrites;
import io.quarkus.runtime.annotations.RegisterForReflection;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** All users. */
@Tag(name = "users")
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@RegisterForReflection
class UserCollectionResource {

  private final UserReads reads;
  private final UserWrites writes;
  private final ConsistencyPolicy policy;
  private final UserAnswers answers;

  UserCollectionResource(
      UserReads reads, UserWrites writes, ConsistencyPolicy policy, UserAnswers answers) {
    this.reads = reads;
    this.writes = writes;
    this.policy = policy;
    this.answers = answers;
  }

  /** Creates a user, in three round trips, five with an Idempotency-Key. */
  @POST
  @Blocking
  @BodyLimit
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "createUser", summary = "Create a user under a new ID")
  @APIResponse(
      responseCode = "201",
      description = "The new user",
      headers = {
        @Header(name = "Location", ref = "Location"),
        @Header(name = "ETag", ref = "ETag"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Idempotent-Replayed", ref = "Idempotent-Replayed")
      },
      content = @Content(schema = @Schema(implementation = User.class)))
  public Response create(
      @HeaderParam(IdempotencyKey.HEADER)
          @Parameter(
              description = IdempotencyKey.MEANING,
              schema = @Schema(type = SchemaType.STRING, pattern = IdempotencyKey.FORM))
          @Nullable String key,
      @BeanParam Session session,
      @NotNull @Valid UserBody body) {
    Consistency asked = session.consistency(policy);
    Committed<IdempotentWrites.Answer<User>> created =
        writes.create(body.ofNewUser(), IdempotencyKey.of("POST /users", key));
    return answers.createdOnce(created, asked);
  }

  /** A page in ID order, of all users or those with an e-mail address, or the given users. */
  @GET
  @Operation(operationId = "listUsers", summary = "List users in ID order, or look some up")
  @APIResponse(
      responseCode = "200",
      description = "The users that there are",
      headers = {
        @Header(name = "Link", ref = "Link"),
        @Header(name = "Consistency-Token", ref = "Consistency-Token"),
        @Header(name = "Served-By", ref = "Served-By")
      },
      content = @Content(schema = @Schema(implementation = UserPage.class)))
  public CompletionStage<Response> list(@BeanParam UserQuery query, @BeanParam Session session) {
    query.check();
    Consistency asked = session.consistency(policy);
    if (!query.ids.isEmpty()) {
      return found(reads.byIds(query.idList(), asked), asked);
    }
    String email = query.email == null ? "" : query.address();
    int limit = query.limitOrDefault();
    long afterId = PageCursor.parse(query.cursor, email).afterId();
    Future<Gathered<List<User>>> users =
        email.isEmpty()
            ? reads.page(afterId, limit + 1, asked)
            : reads.byEmail(email, afterId, limit + 1, asked);
    return users
        .map(found -> found.map(list -> UserPage.of(list, limit, email)))
        .map(page -> paged(page, limit, email, asked))
        .toCompletionStage();
  }

  private CompletionStage<Response> found(Future<Gathered<List<User>>> users, Consistency asked) {
    return users
        .map(found -> found.map(list -> new UserPage(list, null)))
        .map(page -> answers.read(page, asked).build())
        .toCompletionStage();
  }

  private Response paged(Gathered<UserPage> page, int limit, String email, Consistency asked) {
    Response.ResponseBuilder response = answers.read(page, asked);
    String next = page.value().nextCursor();
    if (next != null) {
      String address =
          email.isEmpty() ? "" : "&email=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
      response.header(
          HttpHeaders.LINK,
          "</users?cursor=%s&limit=%d%s>; rel=\"next\"".formatted(next, limit, address));
    }
    return response.build();
  }
}
