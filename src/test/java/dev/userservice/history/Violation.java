package dev.userservice.history;

/** An answer that breaks a promise. */
public record Violation(Promise promise, Event answer) {

  /** What the service promises of its answers. */
  public enum Promise {
    /** A read shows nothing that was never written, or that was refused. */
    WRITTEN,
    /** Strong reads and writes of a key have one order that agrees with their times. */
    LINEARIZABLE,
    /** A session's read shows nothing older than what the session has written. */
    READ_YOUR_WRITES,
    /** A session's read shows nothing older than what the session has read. */
    MONOTONIC_READS,
    /** A strong read does not show a write that the same session has overwritten. */
    MONOTONIC_WRITES,
    /** A bounded read shows nothing older than what was acknowledged a bound before. */
    BOUNDED,
    /** The last strong read of a key shows nothing older than any acknowledged write. */
    DURABLE
  }

  @Override
  public String toString() {
    return promise + ": " + answer;
  }
}
