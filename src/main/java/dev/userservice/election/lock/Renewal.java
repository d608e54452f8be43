package dev.userservice.election.lock;

/**
 * The result of a renewal.
 *
 * @param outcome its effect on the term
 * @param newestEpoch the newest epoch that was seen
 */
public record Renewal(Outcome outcome, long newestEpoch) {

  public enum Outcome {
    /** The lease is extended. */
    RENEWED,
    /** Unknown; the renewal may be repeated. */
    UNCERTAIN,
    /** The lock is held by another process, or by none. */
    LOST
  }
}
