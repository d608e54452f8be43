package dev.userservice.sharding.write;

import java.sql.SQLException;
import java.util.Optional;

/**
 * One change to users of one shard, run by the {@link WriteGate} as one transaction on that shard's
 * primary. It may be run more than once, on different primaries, so it keeps no state.
 *
 * @param <T> what it answers
 */
public interface Write<T> {

  /** Makes the change. Every exception rolls the transaction back. */
  T run() throws SQLException;

  /**
   * Finds out what became of a run whose commit was sent and never answered, and makes the change
   * if it was not committed. Runs in a new transaction on the present primary. To repeat {@link
   * #run} without looking first is unsafe: others may have read the first run's effect and written
   * since, and a second run would undo that.
   *
   * @param unanswered what the unanswered run would have answered
   * @return that, if it was committed; what a second run answers, if it was not; empty if nobody
   *     can tell
   */
  Optional<T> resolve(T unanswered) throws SQLException;
}
