package dev.userservice.sharding;

/** The primary went away under a write. */
final class LostPrimaryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean commitSent;

  LostPrimaryException(Throwable cause, boolean commitSent) {
    super(cause);
    this.commitSent = commitSent;
  }

  /** Whether the transaction may have been committed all the same. */
  boolean commitSent() {
    return commitSent;
  }
}
