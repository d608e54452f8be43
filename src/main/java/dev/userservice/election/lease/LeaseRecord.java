package dev.userservice.election.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a Lease says.
 *
 * @param version the API server's, another one after every write; null if there is no Lease
 * @param holder who has it, or null
 * @param leaseMillis how long the holder asks others to wait after the last change
 * @param epoch of the last leadership that was tried for by it
 * @param transitions how often it changed hands
 * @param acquiredAt by the holder's clock, to be shown only
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
