package dev.userservice.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error with its own place in the API: features extend it, the mapper answers it. It carries no
 * stack trace when it is the caller's mistake, so that refusing is cheap.
 */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /** A problem of the given kind, in words for the caller. */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null);
  }

  /** A problem that another failure caused; the cause is logged, never answered. */
  public ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
    this(type, detail, List.of(), cause);
  }

  /** A problem with single fields. */
  public ProblemException(ProblemType type, String detail, List<Problem.FieldError> errors) {
    this(type, detail, errors, null);
  }

  private ProblemException(
      ProblemType type, String detail, List<Problem.FieldError> errors, @Nullable Throwable cause) {
    super(detail, cause, true, type.status() >= 500);
    this.problem = Problem.of(type, detail, errors);
  }

  /** This problem, to be answered with a header. */
  public ProblemException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The headers of the answer. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
