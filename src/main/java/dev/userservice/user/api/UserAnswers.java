package dev.userservice.user.api;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.routing.Served;
import dev.userservice.sharding.Gathered;
import dev.userservice.sharding.write.Committed;
import dev.userservice.user.Preconditions;
import dev.userservice.user.User;
import dev.userservice.user.UserNotFoundException;
import dev.userservice.user.idempotency.IdempotentWrites;
import dev.userservice.wal.LogPosition;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Responses about users, with their headers: entity tag, the session's next token, and which server
 * answered a read. Thread-safe.
 */
@Singleton
public final class UserAnswers {

  private final ConsistencyPolicy policy;

  UserAnswers(ConsistencyPolicy policy) {
    this.policy = policy;
  }

  /**
   * Shows a form of the user that was read; 404 if there is none, 304 if the caller has this
   * version.
   */
  <T> RestResponse<T> read(
      long id,
      Served<Optional<User>> served,
      Function<User, T> form,
      Consistency asked,
      Preconditions preconditions) {
    User user = present(id, served, asked);
    ResponseBuilder<T> response =
        preconditions.checkForRead(user)
            ? ResponseBuilder.notModified()
            : ResponseBuilder.ok(form.apply(user));
    return response
        .header(HttpHeaders.ETAG, user.entityTag().header())
        .header(ConsistencyPolicy.TOKEN_HEADER, token(served, asked))
        .header(ServedBy.HEADER, ServedBy.of(served))
        .build();
  }

  /** Shows what was read from several shards. */
  Response.ResponseBuilder read(Gathered<?> gathered, Consistency asked) {
    Map<Integer, LogPosition> shown = new HashMap<>();
    gathered.parts().forEach(part -> shown.put(part.shard(), part.position()));
    return Response.ok(gathered.value())
        .header(ConsistencyPolicy.TOKEN_HEADER, policy.tokenAfterRead(asked, shown))
        .header(ServedBy.HEADER, ServedBy.of(gathered.parts()));
  }

  /** The user that was read. */
  private User present(long id, Served<Optional<User>> served, Consistency asked) {
    return served
        .value()
        .orElseThrow(
            () ->
                new UserNotFoundException(id)
                    .header(ConsistencyPolicy.TOKEN_HEADER, token(served, asked))
                    .header(ServedBy.HEADER, ServedBy.of(served)));
  }

  /** Shows any value that a write answered. */
  public Response.ResponseBuilder written(Committed<?> committed, Consistency asked) {
    return inSession(Response.ok(committed.value()), committed, asked);
  }

  Response shown(Committed<User> committed, Consistency asked) {
    return tagged(Response.ok(committed.value()), committed, asked).build();
  }

  /** Shows a form of what a write with a key answered, this time or before. */
  Response shownOnce(
      Committed<IdempotentWrites.Answer<User>> committed,
      Function<User, ?> form,
      Consistency asked) {
    User user = committed.value().value();
    return once(Response.ok(form.apply(user)), committed, asked);
  }

  /** The same of a user that it created. */
  Response createdOnce(Committed<IdempotentWrites.Answer<User>> committed, Consistency asked) {
    User user = committed.value().value();
    return once(located(user), committed, asked);
  }

  Response created(Committed<User> committed, Consistency asked) {
    return tagged(located(committed.value()), committed, asked).build();
  }

  private Response once(
      Response.ResponseBuilder response,
      Committed<IdempotentWrites.Answer<User>> committed,
      Consistency asked) {
    tagged(response, committed.map(IdempotentWrites.Answer::value), asked);
    return committed.value().replayed()
        ? response.header("Idempotent-Replayed", true).build()
        : response.build();
  }

  /** The address is relative: only the caller knows the host by which it came here. */
  private static Response.ResponseBuilder located(User user) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/users/" + user.id())
        .entity(user);
  }

  Response gone(Committed<User> committed, Consistency asked) {
    return inSession(Response.noContent(), committed, asked).build();
  }

  private Response.ResponseBuilder tagged(
      Response.ResponseBuilder response, Committed<User> committed, Consistency asked) {
    return inSession(response, committed, asked)
        .header(HttpHeaders.ETAG, committed.value().entityTag().header());
  }

  private Response.ResponseBuilder inSession(
      Response.ResponseBuilder response, Committed<?> committed, Consistency asked) {
    String token = policy.tokenAfterWrite(asked, committed.positions());
    return response.header(ConsistencyPolicy.TOKEN_HEADER, token);
  }

  private String token(Served<?> served, Consistency asked) {
    return policy.tokenAfterRead(asked, served.shard(), served.position());
  }
}
