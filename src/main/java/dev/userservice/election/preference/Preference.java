package dev.userservice.election.preference;

/** Who is to take a free leadership first. Only ever a matter of waiting a little. */
public enum Preference {
  /** The first to come. */
  ANY,
  /** Whoever has drawn the shortest wait. */
  RANDOM,
  /** The one that registered first, by the voter's clock, then by name. */
  OLDEST,
  /** The one with the newest version, among those the oldest. */
  NEWEST_VERSION
}
