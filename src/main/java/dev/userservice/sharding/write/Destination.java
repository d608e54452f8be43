package dev.userservice.sharding.write;

import dev.userservice.replication.PrimaryUnavailableException;
import java.util.concurrent.Callable;

/** Where a write goes: to the shard that owns its users now. Belongs to the thread of one write. */
interface Destination {

  /**
   * The primary to write to; waits for one.
   *
   * @throws PrimaryUnavailableException if none appears in time
   */
  Primary primary();

  /**
   * Takes in that the database of a primary refused the write since its shard does not own the
   * slot. Looks for a newer shard map, and waits a moment if there is none.
   *
   * @return whether the write should be tried again
   */
  boolean refusedBy(Primary primary);

  /** One primary, as long as it is one. */
  interface Primary {

    /** The shard's number. */
    int shard();

    /** Runs a transaction on this server and no other; throws what the run or the commit threw. */
    <T> T transaction(Callable<T> body);

    /** Takes in that this server is lost, or is no primary any more. */
    void lost();

    /** Takes in that what the connections to this server have prepared is out of date. */
    void renewConnections();
  }
}
