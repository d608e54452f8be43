package dev.userservice.sharding.write;

import dev.userservice.datasource.Failure;
import dev.userservice.http.ProblemException;

/** What the failure of a transaction means for the write. */
enum WriteFailure {
  /** The shard does not own the slot (SQLSTATE {@code US001}). Nothing was changed there. */
  NOT_OWNER,
  /** The server is gone or is a replica now. A commit that was sent may have happened. */
  PRIMARY_LOST,
  /** The commit was made, and a failover may undo it. A second run could not tell more. */
  UNCONFIRMED,
  /** The server gave up since a deadline passed, or takes no connection. Nothing was changed. */
  TIMED_OUT,
  /** What the connection has prepared is out of date. Nothing was changed; another run may do. */
  STALE_STATEMENT,
  /** The same request runs in another transaction, perhaps the first run of this write. */
  IN_PROGRESS,
  /** The caller's mistake, or a defect. Nothing was changed. */
  ANSWER;

  private static final String FOREIGN_SLOT = "US001";

  static WriteFailure of(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return problem instanceof RequestInProgressException ? IN_PROGRESS : ANSWER;
    }
    if (Failure.hasSqlState(failure, FOREIGN_SLOT)) {
      return NOT_OWNER;
    }
    return switch (Failure.of(failure)) {
      case NOT_PRIMARY, SERVER_GONE -> PRIMARY_LOST;
      case UNCONFIRMED -> UNCONFIRMED;
      case TIMED_OUT, REJECTED -> TIMED_OUT;
      case STALE_STATEMENT -> STALE_STATEMENT;
      case STATEMENT -> ANSWER;
    };
  }
}
