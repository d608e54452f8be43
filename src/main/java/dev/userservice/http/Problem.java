package dev.userservice.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error, as RFC 9457 defines it.
 *
 * @param type names the kind of problem, stable across releases; relative to the service
 * @param title the kind in words, the same for every occurrence
 * @param status the HTTP status, 400 to 599
 * @param detail what happened this time, and what to do about it
 * @param errors one entry per wrong field, absent when the problem is not about fields
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(
    description = "RFC 9457 problem details",
    requiredProperties = {"type", "title", "status", "detail"})
public record Problem(
    @Schema(
            description = "The kind of problem, stable across releases; new ones may be added",
            format = "uri-reference",
            examples = "/problems/not-found")
        String type,
    @Schema(description = "The kind in words") String title,
    @Schema(minimum = "400", maximum = "599") int status,
    @Schema(description = "What happened this time, and what to do about it") String detail,
    @Schema(description = "One entry for each wrong field; absent if it is not about fields")
        List<FieldError> errors) {

  /** The media type of problem details. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Copies the errors, and refuses a status that is no error. */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status " + status + " is no error");
    }
    errors = List.copyOf(errors);
  }

  /** A problem of this kind that is not about fields. */
  public static Problem of(ProblemType type, String detail) {
    return of(type, detail, List.of());
  }

  static Problem of(ProblemType type, String detail, List<FieldError> errors) {
    return new Problem(type.uri(), type.title(), type.status(), detail, errors);
  }

  /**
   * One wrong field.
   *
   * @param field its name, dotted where nested; null when the document itself is wrong
   * @param detail what is wrong with it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(description = "One wrong field", requiredProperties = "detail")
  public record FieldError(@Nullable String field, String detail) {}
}
