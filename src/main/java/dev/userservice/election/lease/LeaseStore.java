package dev.userservice.election.lease;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where one Lease is kept. Every call ends on the election's loop, within a bounded time; one that
 * failed may have been carried out all the same.
 */
interface LeaseStore {

  /** The Lease, or {@link LeaseRecord#ABSENT}. */
  CompletionStage<LeaseRecord> read();

  /**
   * Writes the Lease if its version is still the given one, or creates it if that is null; answers
   * what was written, or nothing if the version was another one.
   */
  CompletionStage<Optional<LeaseRecord>> write(LeaseRecord next);

  /** Wants to hear as soon as the Lease may have changed. */
  void onChange(Runnable hint);
}
