package dev.userservice.user;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Answers that show one user, with its entity tag. */
final class UserAnswers {

  private UserAnswers() {}

  static Response shown(User user, Preconditions preconditions) {
    if (user.entityTag().isWeaklyIn(preconditions.ifNoneMatch)) {
      return tagged(Response.notModified(), user).build();
    }
    return shown(user);
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
