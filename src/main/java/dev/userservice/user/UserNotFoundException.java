package dev.userservice.user;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/** There is no user with the ID. */
public final class UserNotFoundException extends ProblemException {

  private static final long serialVersionUID = 1L;

  public UserNotFoundException(long id) {
    super(ProblemType.NOT_FOUND, "There is no user " + id + ".");
  }
}
