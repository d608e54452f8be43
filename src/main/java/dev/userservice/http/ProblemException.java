package dev.userservice.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure with the problem details that answer it. Features extend it; {@link ProblemMapper}
 * makes the response. It has no stack trace below status 500, so that refusing a request is cheap.
 */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /** A problem of the given type, with a detail for the caller. */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null);
  }

  /** A problem that another failure caused; the cause is logged and not shown to the caller. */
  public ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
    this(type, detail, List.of(), cause);
  }

  /** A problem with single fields. */
  public ProblemException(ProblemType type, String detail, List<Problem.FieldError> errors) {
    this(type, detail, errors, null);
  }

  private ProblemException(
      ProblemType type, String detail, List<Problem.FieldError> errors, @Nullable Throwable cause) {
    this(Problem.of(type, detail, errors), cause);
  }

  /** A problem in full. */
  ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.detail(), cause, true, problem.status() >= 500);
    this.problem = problem;
  }

  /** Adds a header to the response. */
  public ProblemException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The headers of the response. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /** The body of the response. */
  public Problem problem() {
    return problem;
  }
}
