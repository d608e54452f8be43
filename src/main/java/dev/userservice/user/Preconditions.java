package dev.userservice.user;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * The conditions of a request (RFC 9110, section 13). A request to nobody is 404 whatever they are.
 */
@RegisterForReflection
public final class Preconditions {

  private static final String FORM = "^(\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*(W/)?\"[!#-~]*\")*)$";

  @HeaderParam(HttpHeaders.IF_MATCH)
  @Parameter(
      description = "Entity tags, or *: only if the user has one of them",
      schema =
          @Schema(
              type = SchemaType.STRING,
              pattern = FORM,
              examples = {"*", "\"1-gx1\""}))
  List<String> ifMatch = List.of();

  @HeaderParam(HttpHeaders.IF_NONE_MATCH)
  @Parameter(
      description = "Entity tags, or *: only if the user has none of them",
      schema =
          @Schema(
              type = SchemaType.STRING,
              pattern = FORM,
              examples = {"*", "\"1-gx1\""}))
  List<String> ifNoneMatch = List.of();

  /** Whether there is no condition, so that the write may go ahead without a look at the user. */
  boolean none() {
    return ifMatch.isEmpty() && ifNoneMatch.isEmpty();
  }

  /** Refuses a write whose conditions the present user, if any, does not meet. */
  void checkForWrite(Optional<User> present) {
    checkIfMatch(present);
    if (present.isPresent() && namedByIfNoneMatch(present.get())) {
      throw failed("If-None-Match names the present version of this user.");
    }
  }

  /**
   * Refuses a read of a user that If-Match does not name.
   *
   * @return whether the caller has the present version already
   */
  public boolean checkForRead(User present) {
    if (none()) {
      return false;
    }
    checkIfMatch(Optional.of(present));
    return namedByIfNoneMatch(present);
  }

  private void checkIfMatch(Optional<User> present) {
    if (ifMatch.isEmpty()) {
      return;
    }
    EntityTagList wanted = EntityTagList.of(HttpHeaders.IF_MATCH, ifMatch);
    if (present.isEmpty() || !wanted.names(present.get().entityTag())) {
      throw failed("If-Match does not name the present version of this user.");
    }
  }

  private boolean namedByIfNoneMatch(User present) {
    return !ifNoneMatch.isEmpty()
        && EntityTagList.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch)
            .namesWeakly(present.entityTag());
  }

  static ProblemException failed(String detail) {
    return new ProblemException(ProblemType.PRECONDITION_FAILED, detail);
  }
}
