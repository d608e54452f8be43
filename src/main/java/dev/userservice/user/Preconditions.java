package dev.userservice.user;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conditions of a request (RFC 9110, section 13). */
public final class Preconditions {

  @HeaderParam(HttpHeaders.IF_MATCH)
  @Nullable String ifMatch;

  @HeaderParam(HttpHeaders.IF_NONE_MATCH)
  public @Nullable String ifNoneMatch;

  /** Whether there is no condition, so that the write may go ahead without a look at the user. */
  boolean none() {
    return ifMatch == null && ifNoneMatch == null;
  }

  /** Refuses a write whose conditions the present user, if any, does not meet. */
  void checkForWrite(Optional<User> present) {
    if (ifMatch != null && (present.isEmpty() || !present.get().entityTag().isIn(ifMatch))) {
      throw failed("If-Match does not name the present version of this user.");
    }
    if (present.isPresent() && present.get().entityTag().isWeaklyIn(ifNoneMatch)) {
      throw failed("If-None-Match names the present version of this user.");
    }
  }

  static ProblemException failed(String detail) {
    return new ProblemException(ProblemType.PRECONDITION_FAILED, detail);
  }
}
