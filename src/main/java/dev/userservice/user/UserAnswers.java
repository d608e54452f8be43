package dev.userservice.user;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers that show one user, with its entity tag. */
final class UserAnswers {

  private UserAnswers() {}

  static RestResponse<User> read(User user, Preconditions preconditions) {
    EntityTag tag = user.entityTag();
    ResponseBuilder<User> response =
        tag.isWeaklyIn(preconditions.ifNoneMatch)
            ? ResponseBuilder.notModified()
            : ResponseBuilder.ok(user);
    return response.header(HttpHeaders.ETAG, tag.header()).build();
  }

  static Response shown(User user) {
    return tagged(Response.ok(user), user).build();
  }

  static Response created(User user) {
    return tagged(Response.created(URI.create("/users/" + user.id())).entity(user), user).build();
  }

  private static Response.ResponseBuilder tagged(Response.ResponseBuilder response, User user) {
    return response.header(HttpHeaders.ETAG, user.entityTag().header());
  }
}
