package dev.userservice.user.api;

import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.http.ProblemException;
import dev.userservice.sharding.Reply;
import dev.userservice.user.EntityTag;
import dev.userservice.user.Preconditions;
import dev.userservice.user.User;
import dev.userservice.user.UserNotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers about users: entity tag, the session's token, and who served a read. */
public final class UserAnswers {

  private static final String SERVED_BY = "Served-By";

  private UserAnswers() {}

  /** Shows the user that was read, or says that there is none. */
  static RestResponse<User> read(
      long id, Reply<Optional<User>> reply, Preconditions preconditions) {
    User user = present(id, reply);
    EntityTag tag = user.entityTag();
    ResponseBuilder<User> response =
        tag.isWeaklyIn(preconditions.ifNoneMatch)
            ? ResponseBuilder.notModified()
            : ResponseBuilder.ok(user);
    return response
        .header(HttpHeaders.ETAG, tag.header())
        .header(ConsistencyPolicy.TOKEN_HEADER, reply.token())
        .header(SERVED_BY, reply.servedBy())
        .build();
  }

  /** The user that was read; answers 404 if there is none. */
  static User present(long id, Reply<Optional<User>> reply) {
    return reply
        .value()
        .orElseThrow(
            () -> {
              ProblemException missing =
                  new UserNotFoundException(id)
                      .header(ConsistencyPolicy.TOKEN_HEADER, reply.token());
              return reply.servedBy() == null
                  ? missing
                  : missing.header(SERVED_BY, reply.servedBy());
            });
  }

  /** Any other value. */
  public static <T> Response.ResponseBuilder of(Reply<T> reply) {
    return inSession(Response.ok(reply.value()), reply);
  }

  static Response shown(Reply<User> reply) {
    return tagged(Response.ok(reply.value()), reply).build();
  }

  static Response created(Reply<User> reply) {
    User user = reply.value();
    return tagged(Response.created(URI.create("/users/" + user.id())).entity(user), reply).build();
  }

  static Response gone(Reply<User> reply) {
    return inSession(Response.noContent(), reply).build();
  }

  private static Response.ResponseBuilder tagged(
      Response.ResponseBuilder response, Reply<User> reply) {
    return inSession(response, reply).header(HttpHeaders.ETAG, reply.value().entityTag().header());
  }

  private static Response.ResponseBuilder inSession(
      Response.ResponseBuilder response, Reply<?> reply) {
    response.header(ConsistencyPolicy.TOKEN_HEADER, reply.token());
    return reply.servedBy() == null ? response : response.header(SERVED_BY, reply.servedBy());
  }
}
