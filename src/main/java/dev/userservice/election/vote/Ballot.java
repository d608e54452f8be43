package dev.userservice.election.vote;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a voter has granted.
 *
 * @param promised the highest epoch ever granted, 0 if none was; the next grant must be higher
 * @param holder who has the vote, or null when it was given back
 * @param renewals changes with every renewal
 * @param leaseMillis how long the holder asked others to wait after the last change
 * @param grantedAt by the voter's clock, to be shown only
 */
record Ballot(
    long promised, @Nullable String holder, long renewals, long leaseMillis, Instant grantedAt) {

  /** Whether the vote is the claim's. */
  boolean grants(Claim claim) {
    return promised == claim.epoch() && Objects.equals(holder, claim.holder());
  }
}
