package dev.userservice.replication;

import dev.userservice.consistency.SessionLostException;
import dev.userservice.wal.LogPosition;
import dev.userservice.wal.TimelineHistory;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Translates positions that sessions have seen on earlier timelines into positions of the shard's
 * present timeline.
 *
 * <p>A position beyond the end of its timeline was flushed by the former primary only. With
 * synchronous commit, everything that a primary acknowledged or showed survives a promotion, so
 * such a session requires the position that the new primary had when it was first seen. Without
 * synchronous commit, something that the session saw may be lost, and the session gets {@link
 * SessionLostException}. Thread-safe.
 */
final class TimelineJudge {

  private record Known(TimelineHistory history, LogPosition firstSeen, boolean synchronous) {}

  private final int shard;
  private volatile @Nullable Known known;

  TimelineJudge(int shard) {
    this.shard = shard;
  }

  /** Records that the primary was seen. Returns whether its history must be read. */
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

  /** Records where timelines began. */
  synchronized void learn(SortedMap<Integer, Long> begins) {
    Known before = known;
    if (before != null) {
      TimelineHistory history = new TimelineHistory(before.history().current(), begins);
      known = new Known(history, before.firstSeen(), before.synchronous());
    }
  }

  /**
   * The position that a server must have reached to answer a session that has seen the given one.
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
