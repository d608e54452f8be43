package dev.userservice.election.lease;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Stores one Lease. Every call completes on the election's loop, within a bounded time. A call that
 * failed may have had its effect.
 */
interface LeaseStore {

  /** The Lease, or {@link LeaseRecord#ABSENT}. */
  CompletionStage<LeaseRecord> read();

  /**
   * Replaces the Lease if its version is still that of the given one, or creates it if that is
   * null.
   *
   * @return what was written; empty if the version was another one
   */
  CompletionStage<Optional<LeaseRecord>> write(LeaseRecord next);

  /** Registers a listener that is called when the Lease may have changed. */
  void onChange(Runnable listener);
}
