package dev.userservice.election.vote;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The vote of one voter.
 *
 * @param promised the highest epoch that was granted, 0 if none was; the next grant must be higher
 * @param holder the process that has the vote, or null after a release
 * @param renewals changes with every renewal
 * @param leaseMillis how long others must see no renewal before they may take the vote
 * @param grantedAt by the voter's clock; for display only
 */
record Ballot(
    long promised, @Nullable String holder, long renewals, long leaseMillis, Instant grantedAt) {

  /** Whether the vote belongs to the claim. */
  boolean grants(Claim claim) {
    return promised == claim.epoch() && Objects.equals(holder, claim.holder());
  }
}
