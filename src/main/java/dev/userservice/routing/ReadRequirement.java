package dev.userservice.routing;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.Consistency.Level;
import dev.userservice.consistency.SessionLostException;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.wal.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * What one read requires of the server that answers it, on one shard.
 *
 * @param level the level of consistency; a session that has seen nothing of this shard is eventual
 * @param seen what the session has seen; null for nothing
 * @param required the log position that the server must have reached; null for any
 * @param boundNanos the greatest staleness of a bounded read; 0 for the other levels
 * @param beganAtNanos when the service received the request
 */
record ReadRequirement(
    Level level,
    @Nullable LogPosition seen,
    @Nullable LogPosition required,
    long boundNanos,
    long beganAtNanos) {

  /**
   * The requirement of a request that is received now.
   *
   * @throws SessionLostException if a failover may have lost what the session has seen
   */
  static ReadRequirement of(Consistency consistency, ReplicationGroup group, long nowNanos) {
    LogPosition seen = consistency.required(group.shard());
    LogPosition required = seen == null ? null : group.required(seen);
    boolean newSession = consistency.level() == Level.SESSION && required == null;
    Level level = newSession ? Level.EVENTUAL : consistency.level();
    return new ReadRequirement(level, seen, required, consistency.boundNanos(), nowNanos);
  }

  /**
   * The requirement as it is now: a promotion since may have changed it.
   *
   * @throws SessionLostException if it may have lost what the session has seen
   */
  ReadRequirement judgedAnew(ReplicationGroup group) {
    LogPosition then = required;
    if (then == null || seen == null) {
      return this;
    }
    LogPosition now = group.required(seen);
    return now.equals(then)
        ? this
        : new ReadRequirement(level, seen, now, boundNanos, beganAtNanos);
  }

  /** Whether the server is known to have reached the required position. */
  boolean reachedBy(MonitoredEndpoint server) {
    return required == null || server.reaches(required);
  }

  /** Whether the server is on the timeline of the required position. */
  boolean isOnTimelineOf(MonitoredEndpoint server) {
    return isOfTimeline(server.state().position().timeline());
  }

  boolean isOfTimeline(int timeline) {
    return required == null || required.timeline() == timeline;
  }

  /**
   * Whether an answer that shows the log up to a position includes the required one.
   *
   * @param isPrimary whether the timeline's primary answered, which has the end of the timeline
   */
  boolean includedIn(LogPosition shown, boolean isPrimary) {
    LogPosition needed = required;
    return needed == null
        || shown.reaches(needed)
        || (isPrimary && needed.equals(LogPosition.endOf(shown.timeline())));
  }
}
