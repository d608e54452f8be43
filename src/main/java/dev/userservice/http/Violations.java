package dev.userservice.http;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Turns broken constraints into problem details. */
public final class Violations {

  private Violations() {}

  /** The error for a non-empty set of violations, one entry per field, in the order of names. */
  public static ProblemException exception(Set<? extends ConstraintViolation<?>> violations) {
    Problem problem = problem(violations);
    return new ProblemException(ProblemType.INVALID_VALUE, problem.detail(), problem.errors());
  }

  static Problem problem(Set<? extends ConstraintViolation<?>> violations) {
    if (violations.stream().anyMatch(Violations::isMissingBody)) {
      return Problem.of(ProblemType.MALFORMED_REQUEST, "The request needs a body.");
    }
    List<Problem.FieldError> errors =
        violations.stream()
            .map(violation -> new Problem.FieldError(field(violation), violation.getMessage()))
            .sorted(Comparator.comparing(error -> error.field() + error.detail()))
            .toList();
    Problem.FieldError first = errors.get(0);
    return Problem.of(
        ProblemType.INVALID_VALUE, first.field() + " " + first.detail() + ".", errors);
  }

  private static boolean isMissingBody(ConstraintViolation<?> violation) {
    Path.Node last = null;
    for (Path.Node node : violation.getPropertyPath()) {
      last = node;
    }
    return violation.getInvalidValue() == null
        && last != null
        && last.getKind() == ElementKind.PARAMETER;
  }

  private static String field(ConstraintViolation<?> violation) {
    String last = "";
    for (Path.Node node : violation.getPropertyPath()) {
      last = node.getName() == null ? last : node.getName();
    }
    return last;
  }
}
