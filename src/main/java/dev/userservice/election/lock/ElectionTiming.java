package dev.userservice.election.lock;

import java.time.Duration;

/**
 * How long a leadership holds without being renewed.
 *
 * @param leaseNanos how long others leave it alone after they saw it change
 * @param renewNanos how long the leader itself believes in it after it sent a renewal that was
 *     confirmed
 * @param retryNanos time between two renewals, and at most between two tries to lead
 */
public record ElectionTiming(long leaseNanos, long renewNanos, long retryNanos) {

  /**
   * Refuses what would let a lease run out before its leader gives it up, whatever the clocks' rate
   * within a hundredth, or leave the leader no second try.
   */
  public ElectionTiming {
    if (renewNanos > leaseNanos / 10 * 9) {
      throw new IllegalArgumentException(
          "users.election.renew-deadline must be at most nine tenths of"
              + " users.election.lease-duration");
    }
    if (retryNanos > renewNanos / 3) {
      throw new IllegalArgumentException(
          "users.election.retry-period must be at most a third of users.election.renew-deadline");
    }
  }

  /** How long one call to the lock may take, so that a renewal has several tries. */
  public long callNanos() {
    return Math.min(retryNanos, renewNanos / 4);
  }

  public Duration lease() {
    return Duration.ofNanos(leaseNanos);
  }
}
