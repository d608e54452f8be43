package dev.userservice.election.lock;

import java.time.Duration;

/**
 * The durations of an election.
 *
 * @param leaseNanos how long others must see no change before they may take the lock
 * @param renewNanos how long a term is valid after a confirmed renewal was sent
 * @param retryNanos time between two renewals, and the longest time between two attempts to lead
 */
public record ElectionTiming(long leaseNanos, long renewNanos, long retryNanos) {

  /**
   * Refuses durations by which a lease could end before its leader gives up, if clock rates differ
   * by up to a hundredth, or by which a leader has only one attempt to renew.
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

  /** The longest time of one call to the lock, so that several fit into the renew deadline. */
  public long callNanos() {
    return Math.min(retryNanos, renewNanos / 4);
  }

  public Duration lease() {
    return Duration.ofNanos(leaseNanos);
  }
}
