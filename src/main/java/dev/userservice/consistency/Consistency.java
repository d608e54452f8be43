package dev.userservice.consistency;

import dev.userservice.wal.LogPosition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request asks of consistency: the level, and what its session has seen.
 *
 * @param level the level
 * @param boundNanos of a {@link Level#BOUNDED} read: how much older than the moment the service
 *     received the request the answer may be; 0 for the other levels
 * @param token what the session has seen; empty when the request carries none
 */
public record Consistency(Level level, long boundNanos, ConsistencyToken token) {

  /** Any replica may answer, and there is no session. */
  public static final Consistency EVENTUAL =
      new Consistency(Level.EVENTUAL, 0, ConsistencyToken.EMPTY);

  /** Refuses a negative bound. */
  public Consistency {
    if (boundNanos < 0) {
      throw new IllegalArgumentException("bound " + boundNanos + " is negative");
    }
  }

  /** The levels, the strictest first. */
  public enum Level {
    /** Everything that was acknowledged before the request: the primary answers. */
    STRONG,
    /** Everything that this session has written or read. */
    SESSION,
    /** Everything that was acknowledged longer ago than the bound. */
    BOUNDED,
    /** Any state that a replica has. */
    EVENTUAL;

    /** Whether an answer must include everything that the session has seen. */
    boolean includesSession() {
      return this == STRONG || this == SESSION;
    }
  }

  /** The position that an answer of the shard must include for this session; null if none. */
  public @Nullable LogPosition required(int shard) {
    return level.includesSession() ? token.seen(shard) : null;
  }

  /** What the session has seen after an answer that shows a shard up to a position. */
  ConsistencyToken seenAfter(int shard, LogPosition shown, PresentPositions present) {
    return token.with(shard, later(shard, shown, present));
  }

  /** What the session has seen after an answer that shows these shards up to these positions. */
  ConsistencyToken seenAfter(Map<Integer, LogPosition> shown, PresentPositions present) {
    Map<Integer, LogPosition> seen = new HashMap<>();
    shown.forEach((shard, position) -> seen.put(shard, later(shard, position, present)));
    return token.with(seen);
  }

  /** What the session has seen after a write that the logs include at these positions. */
  ConsistencyToken seenAfterWrite(Map<Integer, LogPosition> committed, PresentPositions present) {
    Map<Integer, LogPosition> seen = new HashMap<>();
    committed.forEach(
        (shard, position) -> {
          LogPosition before = token.seen(shard);
          boolean lost = before != null && present.of(shard, before) == null;
          seen.put(shard, lost ? before : position);
        });
    return token.with(seen);
  }

  /**
   * An answer that must include everything the session has seen replaces it. Another one must not
   * make the session forget it, nor that a failover may have lost it.
   */
  private LogPosition later(int shard, LogPosition shown, PresentPositions present) {
    LogPosition before = token.seen(shard);
    if (before == null || level.includesSession()) {
      return shown;
    }
    LogPosition now = present.of(shard, before);
    return now == null || now.isBeyond(shown) ? before : shown;
  }
}
