package dev.userservice.routing;

import dev.userservice.consistency.Consistency;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.wal.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * What one read asks of the server that answers it, on one shard.
 *
 * @param level the promise, with a session that has seen nothing of this shard taken as eventual
 * @param required what the server must have reached; null when it need not have anything
 * @param boundNanos of a bounded read
 * @param beganAtNanos when the service got the request
 */
record ReadTerms(
    Consistency.Level level, @Nullable LogPosition required, long boundNanos, long beganAtNanos) {

  static ReadTerms of(Consistency consistency, ReplicationGroup group, long nowNanos) {
    LogPosition seen = consistency.token().isEmpty() ? null : seen(consistency, group);
    return switch (consistency.level()) {
      case STRONG -> new ReadTerms(Consistency.Level.STRONG, seen, 0, nowNanos);
      case BOUNDED ->
          new ReadTerms(Consistency.Level.BOUNDED, null, consistency.boundNanos(), nowNanos);
      case EVENTUAL -> new ReadTerms(Consistency.Level.EVENTUAL, null, 0, nowNanos);
      case SESSION ->
          new ReadTerms(
              seen == null ? Consistency.Level.EVENTUAL : Consistency.Level.SESSION,
              seen,
              0,
              nowNanos);
    };
  }

  private static @Nullable LogPosition seen(Consistency consistency, ReplicationGroup group) {
    boolean counts =
        consistency.level() == Consistency.Level.SESSION
            || consistency.level() == Consistency.Level.STRONG;
    return counts ? consistency.token().of(group.shard()).map(group::required).orElse(null) : null;
  }

  /** Whether a replica is known to keep the word if it answers now. */
  boolean keptBy(MonitoredEndpoint replica, ReplicationGroup group) {
    return switch (level) {
      case STRONG -> false;
      case SESSION -> hasRequired(replica);
      case BOUNDED -> group.stalenessNanos(replica, beganAtNanos) <= boundNanos;
      case EVENTUAL -> true;
    };
  }

  boolean hasRequired(MonitoredEndpoint endpoint) {
    return required == null || endpoint.reaches(required);
  }

  /** Whether the server's timeline can hold what is required, wherever on it the server is. */
  boolean onTimeline(MonitoredEndpoint endpoint) {
    return required == null || endpoint.state().position().timeline() >= required.timeline();
  }

  /** Whether an answer that shows the log up to an LSN can have what is required. */
  boolean hasRequired(long shownLsn) {
    return required == null || Long.compareUnsigned(shownLsn, required.lsn()) >= 0;
  }
}
