package dev.userservice.election;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.vote.Voters;
import java.util.function.Consumer;

/**
 * A lock with everything that was opened for it.
 *
 * @param clock the clock of the election, whose loop runs until this is closed
 * @param voters the votes of the shards' primaries
 * @param events receives a sentence for each change of this process's own role; does not block
 * @param closing ends the threads and closes the connections of the lock
 */
record OpenedLock(
    ElectionClock clock,
    Voters voters,
    ElectionLock lock,
    Consumer<String> events,
    Runnable closing)
    implements AutoCloseable {

  @Override
  public void close() {
    closing.run();
  }
}
