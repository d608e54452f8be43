package dev.userservice.election.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of a Lease.
 *
 * @param version the API server's, a new one after every write; null if there is no Lease
 * @param holder the holder's name, or null
 * @param leaseMillis how long others must see no change before they may take the Lease
 * @param epoch of the last term for which the Lease was taken
 * @param transitions how often the holder has changed
 * @param acquiredAt by the holder's clock; for display only
 */
record LeaseRecord(
    @Nullable String version,
    @Nullable String holder,
    long leaseMillis,
    long epoch,
    int transitions,
    @Nullable Instant acquiredAt) {

  /** No Lease. */
  static final LeaseRecord ABSENT = new LeaseRecord(null, null, 0, 0, 0, null);

  LeaseRecord takenBy(String next, long millis, Instant now) {
    return new LeaseRecord(version, next, millis, epoch, transitions + 1, now);
  }

  LeaseRecord withEpoch(long next) {
    return new LeaseRecord(version, holder, leaseMillis, next, transitions, acquiredAt);
  }

  LeaseRecord released() {
    return new LeaseRecord(version, null, leaseMillis, epoch, transitions, acquiredAt);
  }
}
