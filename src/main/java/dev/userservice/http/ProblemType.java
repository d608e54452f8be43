package dev.userservice.http;

import dev.userservice.label.Labels;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of problem a caller can meet. The lower-case name is part of the API. */
public enum ProblemType {
  /** The request cannot be read: syntax, type, unknown field, malformed parameter. */
  MALFORMED_REQUEST(
      400,
      "The request cannot be read",
      "Correct what the detail names: the syntax, a type, an unknown field or a malformed parameter. The same request is refused again."),
  /** There is nothing at this address. */
  NOT_FOUND(
      404,
      "Not found",
      "There is nothing at this address. A read that may be stale can miss a user that was just created: send Consistency-Token, or Consistency: strong."),
  /** The address exists, the method does not. */
  METHOD_NOT_ALLOWED(405, "Method not allowed", "Use one of the methods in the header Allow."),
  /** No representation matches the Accept header. */
  NOT_ACCEPTABLE(
      406,
      "Not acceptable",
      "Accept the media type that the operation answers in, or leave the header Accept out."),
  /** The same request, by its Idempotency-Key, is still running. */
  REQUEST_IN_PROGRESS(
      409,
      "The same request is still running",
      "A request with this Idempotency-Key has not been answered yet. Repeat yours after the seconds in Retry-After."),
  /** A failover may have lost what the request's Consistency-Token stands for. */
  SESSION_LOST(
      409,
      "The session is lost",
      "A failover may have lost what the Consistency-Token stands for. Read again without the token, and check what you have written."),
  /** If-Match or If-None-Match did not hold. */
  PRECONDITION_FAILED(
      412,
      "The precondition does not hold",
      "Read the user again, decide whether the change is still right, and send it with the new ETag."),
  /** The request's body is larger than allowed. */
  TOO_LARGE(
      413,
      "The request is too large",
      "A body that is one document has at most 64 KiB. Send many users by an import."),
  /** The request's address is longer than the server reads. */
  URI_TOO_LONG(414, "The address is too long", "Ask for fewer users at a time: at most 1,000 IDs."),
  /** The body's media type is not one that the resource reads. */
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Unsupported media type",
      "Send the body in the media type that the operation reads, say so in Content-Type, and without Content-Encoding."),
  /** The request has an Expect header that the service does not know. */
  EXPECTATION_FAILED(
      417,
      "The expectation is not met",
      "Leave the header Expect out. The only expectation that is met is 100-continue."),
  /** The request can be read, but a value breaks a rule. */
  INVALID_VALUE(
      422,
      "A value breaks a rule",
      "Correct the fields that errors names. The same request is refused again."),
  /** The Idempotency-Key was used before, with another request. */
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The idempotency key belongs to another request",
      "Choose a new Idempotency-Key for each request, and repeat only the same request with the same key."),
  /** The request's headers are larger than the server reads. */
  HEADERS_TOO_LARGE(431, "The headers are too large", "All headers together have at most 20 KiB."),
  /** A defect of the service. */
  INTERNAL(
      500,
      "Internal error",
      "This is a defect of the service, and its log has the cause. A write may have happened or not: read before you repeat it."),
  /** The databases cannot answer in time; nothing was changed. */
  UNAVAILABLE(
      503,
      "Temporarily unavailable",
      "The databases could not answer in time, and nothing was changed. Repeat the request after the seconds in Retry-After."),
  /** The write may or may not have happened. */
  OUTCOME_UNKNOWN(
      503,
      "The outcome is unknown",
      "The write may have happened or not. Read before you repeat it, or repeat it with the same Idempotency-Key.");

  private final int status;
  private final String title;
  private final String advice;

  ProblemType(int status, String title, String advice) {
    this.status = status;
    this.title = title;
    this.advice = advice;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** What all problems of this kind have in common, in a few words. */
  public String title() {
    return title;
  }

  /** What the caller can do about it. */
  String advice() {
    return advice;
  }

  /** What names this kind in problem details: an address of the service, where it is explained. */
  String uri() {
    return "/problems/" + Labels.of(this);
  }

  /** The kind that an address of the service explains. */
  static Optional<ProblemType> ofUri(String uri) {
    return Arrays.stream(values()).filter(type -> type.uri().equals(uri)).findFirst();
  }

  /** The kind that stands for a status the framework chose. */
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 417 -> EXPECTATION_FAILED;
      case 431 -> HEADERS_TOO_LARGE;
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? MALFORMED_REQUEST : INTERNAL;
    };
  }
}
