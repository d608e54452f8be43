package dev.userservice.election.lock;

/**
 * How a renewal ended.
 *
 * @param outcome what it means for the leadership
 * @param newestEpoch the newest epoch that was seen
 */
public record Renewal(Outcome outcome, long newestEpoch) {

  public enum Outcome {
    /** The lease is longer now. */
    RENEWED,
    /** Not known; it may be tried again. */
    UNCERTAIN,
    /** Somebody else has the lock. */
    LOST
  }
}
