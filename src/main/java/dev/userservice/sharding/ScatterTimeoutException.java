package dev.userservice.sharding;

/** A shard's answer had not come at the deadline. */
final class ScatterTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScatterTimeoutException(int shard) {
    super("shard " + shard + " did not answer within users.sharding.scatter-deadline");
  }
}
