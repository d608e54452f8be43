package dev.userservice.http;

import dev.userservice.label.Labels;

/** The kinds of problem a caller can meet. The lower-case name is part of the API. */
public enum ProblemType {
  /** The request cannot be read: syntax, type, unknown field, malformed parameter. */
  MALFORMED_REQUEST(400, "The request cannot be read"),
  /** There is nothing at this address. */
  NOT_FOUND(404, "Not found"),
  /** The address exists, the method does not. */
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  /** No representation matches the Accept header. */
  NOT_ACCEPTABLE(406, "Not acceptable"),
  /** The same request, by its Idempotency-Key, is still running. */
  REQUEST_IN_PROGRESS(409, "The same request is still running"),
  /** A failover may have lost what the request's Consistency-Token stands for. */
  SESSION_LOST(409, "The session is lost"),
  /** If-Match or If-None-Match did not hold. */
  PRECONDITION_FAILED(412, "The precondition does not hold"),
  /** The request's body is larger than allowed. */
  TOO_LARGE(413, "The request is too large"),
  /** The body's media type is not one that the resource reads. */
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  /** The request can be read, but a value breaks a rule. */
  INVALID_VALUE(422, "A value breaks a rule"),
  /** The Idempotency-Key was used before, with another request. */
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
  /** A defect of the service. */
  INTERNAL(500, "Internal error"),
  /** The databases cannot answer in time; nothing was changed. */
  UNAVAILABLE(503, "Temporarily unavailable"),
  /** The write may or may not have happened. */
  OUTCOME_UNKNOWN(503, "The outcome is unknown");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String uri() {
    return "/problems/" + Labels.of(this);
  }

  /** The kind that stands for a status the framework chose. */
  static ProblemType ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? MALFORMED_REQUEST : INTERNAL;
    };
  }
}
