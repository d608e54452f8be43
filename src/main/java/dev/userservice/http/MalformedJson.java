package dev.userservice.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains to the caller why a document could not be read. Jackson's own messages are not shown:
 * they name Java types and quote the document.
 */
public final class MalformedJson {

  private MalformedJson() {}

  static Problem problem(JsonProcessingException failure) {
    return problem(failure, position(failure.getLocation()));
  }

  /**
   * The refusal of a document that the service made of what the caller sent: it says what is wrong,
   * and no position, which would not be one in the caller's document.
   */
  public static ProblemException withoutPosition(JsonProcessingException failure) {
    return new ProblemException(problem(failure, ""), failure);
  }

  private static Problem problem(JsonProcessingException failure, String position) {
    ProblemException ours = Causes.find(failure, ProblemException.class);
    if (ours != null) {
      return ours.problem();
    }
    String detail = reason(failure) + position + ".";
    String field = failure instanceof JsonMappingException mapping ? path(mapping) : null;
    List<Problem.FieldError> errors =
        field == null ? List.of() : List.of(new Problem.FieldError(field, detail));
    return Problem.of(
        isOutOfRange(failure) ? ProblemType.INVALID_VALUE : ProblemType.MALFORMED_REQUEST,
        detail,
        errors);
  }

  /** One sentence that says what is wrong and where. */
  public static String detail(JsonProcessingException failure) {
    return problem(failure).detail();
  }

  private static String reason(JsonProcessingException failure) {
    if (failure instanceof UnrecognizedPropertyException unknown) {
      return "There is no field '" + shortened(unknown.getPropertyName()) + "'";
    }
    StreamConstraintsException bound = Causes.find(failure, StreamConstraintsException.class);
    if (bound != null) {
      return exceeded(String.valueOf(bound.getOriginalMessage()));
    }
    if (failure instanceof JsonMappingException mapping && isOutOfRange(failure)) {
      return "The field '" + path(mapping) + "' is out of range";
    }
    if (failure instanceof MismatchedInputException mismatch) {
      return mismatched(mismatch);
    }
    String message = String.valueOf(failure.getOriginalMessage());
    return message.startsWith("Duplicate field")
        ? "A field appears twice"
        : "The body is not one well-formed JSON document";
  }

  private static String exceeded(String message) {
    if (message.startsWith("Document nesting depth")) {
      return "The document is nested more than " + StrictJson.MAXIMUM_NESTING + " levels deep";
    }
    if (message.startsWith("Number")) {
      return "A number has more than " + StrictJson.MAXIMUM_DIGITS + " characters";
    }
    return message.startsWith("Name")
        ? "The name of a field is longer than " + StrictJson.MAXIMUM_NAME + " characters"
        : "A text in the document is too long";
  }

  private static boolean isOutOfRange(JsonProcessingException failure) {
    return Causes.find(failure, InputCoercionException.class) != null;
  }

  private static String mismatched(JsonMappingException mismatch) {
    String path = path(mismatch);
    String message = String.valueOf(mismatch.getOriginalMessage());
    if (message.startsWith("Trailing token")) {
      return "There is more than one JSON document";
    }
    if (path == null) {
      return "The body is not a JSON object";
    }
    return "The field '" + path + "' is of the wrong type";
  }

  private static @Nullable String path(JsonMappingException failure) {
    if (failure.getPath().isEmpty()) {
      return null;
    }
    return shortened(
        failure.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining(".")));
  }

  /** At most 60 characters of a name that a caller chose. */
  static String shortened(String name) {
    String shown = name.length() <= 60 ? name : name.substring(0, 60) + "…";
    // Half of a surrogate pair, sent or left by the cut, could not be written in the answer.
    return new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String position(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
