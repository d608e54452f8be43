package dev.userservice.consistency;

/**
 * How fresh an answer must be.
 *
 * @param level the kind of promise
 * @param boundNanos of a {@link Level#BOUNDED} read: how much older than the moment the service got
 *     the request the state shown may be; 0 for the other levels
 * @param token what the session has seen; empty when the caller sent none
 */
public record Consistency(Level level, long boundNanos, ConsistencyToken token) {

  /** Whatever a replica shows. */
  public static final Consistency EVENTUAL =
      new Consistency(Level.EVENTUAL, 0, ConsistencyToken.EMPTY);

  /** Refuses a negative bound. */
  public Consistency {
    if (boundNanos < 0) {
      throw new IllegalArgumentException("bound " + boundNanos + " is negative");
    }
  }

  /** The kinds of promise, the strictest first. */
  public enum Level {
    /** Everything that was acknowledged before: read from the primary. */
    STRONG,
    /** Everything that this session has written or read. */
    SESSION,
    /** Everything that was acknowledged some time ago. */
    BOUNDED,
    /** Anything. */
    EVENTUAL
  }
}
