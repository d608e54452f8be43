package dev.userservice.replication;

/** A server answered that belongs to another database system than its shard's. */
final class ForeignServerException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  ForeignServerException(int shard) {
    super("it is not a server of shard " + shard + ": its system identifier is another");
  }
}
