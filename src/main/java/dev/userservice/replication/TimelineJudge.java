package dev.userservice.replication;

import dev.userservice.consistency.SessionLostException;
import dev.userservice.wal.LogPosition;
import dev.userservice.wal.TimelineHistory;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges positions that sessions have seen by what the shard's present timeline includes.
 *
 * <p>A position beyond the end of its timeline may be one that nobody was ever told of: the primary
 * had flushed it and no replica had it. When commits wait for replicas, all that was acknowledged
 * or shown by a primary survives a promotion, so such a session goes on with what the new primary
 * had when it was first seen. Otherwise something the session saw may be lost, and it is told so.
 * Thread-safe.
 */
final class TimelineJudge {

  private record Known(TimelineHistory history, LogPosition firstSeen, boolean synchronous) {}

  private final int shard;
  private volatile @Nullable Known known;

  TimelineJudge(int shard) {
    this.shard = shard;
  }

  /** Takes in that the primary was seen; tells whether its history is now wanted. */
  synchronized boolean primarySeen(LogPosition position, boolean synchronous) {
    Known before = known;
    if (before == null || before.history().current() < position.timeline()) {
      known = new Known(TimelineHistory.of(position.timeline()), position, synchronous);
    } else if (before.synchronous() != synchronous) {
      known = new Known(before.history(), before.firstSeen(), synchronous);
    }
    Known now = known;
    return now != null && !now.history().complete();
  }

  /** Takes in where timelines began. */
  synchronized void learn(SortedMap<Integer, Long> begins) {
    Known before = known;
    if (before != null) {
      TimelineHistory history = new TimelineHistory(before.history().current(), begins);
      known = new Known(history, before.firstSeen(), before.synchronous());
    }
  }

  /**
   * The position that an endpoint must have reached for a session that has seen the given one.
   *
   * @throws SessionLostException if what the session saw may be lost
   */
  LogPosition required(LogPosition seen) {
    Known now = known;
    if (now == null || seen.timeline() > now.history().current() || now.history().includes(seen)) {
      return seen;
    }
    if (!now.synchronous()) {
      throw new SessionLostException(shard);
    }
    // A replica that had changed over before it was seen to may have tagged its answer with the
    // old timeline: then the LSN is one of the new.
    long lsn = seen.lsn();
    boolean beyond = lsn != -1 && Long.compareUnsigned(lsn, now.firstSeen().lsn()) > 0;
    return beyond ? new LogPosition(now.history().current(), lsn) : now.firstSeen();
  }
}
