package dev.userservice.sharding.write;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/**
 * The database refuses a value that the service's own rules allow, such as a character that its
 * encoding lacks, or one against a constraint of the operator. Nothing was changed.
 */
public final class RefusedValueException extends ProblemException {

  private static final long serialVersionUID = 1L;

  RefusedValueException(String sqlState, Throwable cause) {
    super(
        ProblemType.INVALID_VALUE,
        "The database refuses a value (SQLSTATE " + sqlState + ").",
        cause);
  }
}
