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
 * @param required the log position that the server must have reached; null for any
 * @param boundNanos the greatest staleness of a bounded read; 0 for the other levels
 * @param beganAtNanos when the service received the request
 */
record ReadRequirement(
    Level level, @Nullable LogPosition required, long boundNanos, long beganAtNanos) {

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
    return new ReadRequirement(level, required, consistency.boundNanos(), nowNanos);
  }

  /** Whether the server is known to have reached the required position. */
  boolean reachedBy(MonitoredEndpoint server) {
    return required == null || server.reaches(required);
  }

  /** Whether the server's timeline can include the required position. */
  boolean isOnTimelineOf(MonitoredEndpoint server) {
    return required == null || server.state().position().timeline() >= required.timeline();
  }

  /** Whether an answer that shows the log up to an LSN includes the required position. */
  boolean includedUpTo(long shownLsn) {
    return required == null || Long.compareUnsigned(shownLsn, required.lsn()) >= 0;
  }
}
