package dev.userservice.http;

/** The body of a request is larger than {@link BodyLimit#BYTES}. */
final class BodyTooLargeException extends ProblemException {

  private static final long serialVersionUID = 1L;

  BodyTooLargeException() {
    super(ProblemType.TOO_LARGE, "The body is larger than " + BodyLimit.BYTES + " bytes.");
  }
}
