package dev.userservice.election.preference;

/**
 * Which candidate is preferred when the lock is free. The others wait less than a retry period for
 * it.
 */
public enum Preference {
  /** None: the first one to ask takes the lock. */
  ANY,
  /** The one that has drawn the shortest random wait. */
  RANDOM,
  /** The one that registered first by the voter's clock, then the first by name. */
  OLDEST,
  /** The one with the newest version, then the oldest. */
  NEWEST_VERSION
}
