package dev.userservice.sharding.write;

/** The primary went away under a write. */
final class LostPrimaryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LostPrimaryException(Throwable cause) {
    super(cause);
  }
}
