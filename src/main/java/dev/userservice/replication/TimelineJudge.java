package dev.userservice.replication;

import dev.userservice.consistency.SessionLostException;
import dev.userservice.wal.LogPosition;
import dev.userservice.wal.TimelineHistory;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Translates positions that sessions have seen on earlier timelines into positions of the shard's
 * present timeline. LSNs go on from one timeline to the next, so a position up to the LSN at which
 * the next timeline began is the same position there.
 *
 * <p>A position beyond that LSN was on the former primary only. What the session saw there may be
 * lost, and the session gets {@link SessionLostException}. So does a position of a timeline that
 * was left for an earlier one, one of a timeline that began nobody knows where, and one that two
 * primaries of the same timeline may have written.
 *
 * <p>The end of a timeline stands for a commit that was confirmed, by a primary that was lost
 * before it could tell a position. With synchronous commit the new primary has it: such a session
 * requires the position that the new primary had when it was first seen. Thread-safe.
 */
final class TimelineJudge {

  private record Known(
      TimelineHistory history, LogPosition firstSeen, boolean synchronous, int left) {}

  /** Positions of one timeline, the first not included. */
  private record Doubt(LogPosition from, LogPosition to) {

    boolean includes(LogPosition position) {
      return position.timeline() == from.timeline()
          && position.isBeyond(from)
          && !position.isBeyond(to);
    }
  }

  private final int shard;
  private volatile @Nullable Known known;
  private volatile @Nullable Doubt doubt;

  TimelineJudge(int shard) {
    this.shard = shard;
  }

  /** The timeline that positions are translated into; 1 before there is one. */
  int timeline() {
    Known now = known;
    return now == null ? 1 : now.history().current();
  }

  /** Whether positions are translated into those of this timeline. */
  boolean follows(int timeline) {
    Known now = known;
    return now != null && now.history().current() == timeline;
  }

  /**
   * Translates into positions of a primary's timeline from now on.
   *
   * @param position where the primary was when it was first seen
   * @param begins where timelines began, as far as known
   */
  synchronized void follow(LogPosition position, SortedMap<Integer, Long> begins) {
    Known before = known;
    int timeline = position.timeline();
    boolean synchronous = before != null && before.synchronous();
    int left = before == null ? 0 : Math.max(before.left(), before.history().current());
    known = new Known(new TimelineHistory(timeline, begins), position, synchronous, left);
  }

  /** Takes in whether the primary's commits wait for replicas. */
  synchronized void primarySeen(boolean synchronous) {
    Known before = known;
    if (before != null && before.synchronous() != synchronous) {
      known = new Known(before.history(), before.firstSeen(), synchronous, before.left());
    }
  }

  /** Whether it is known where the present timeline began. */
  boolean complete() {
    Known now = known;
    return now != null && now.history().complete();
  }

  /**
   * Takes in that two primaries wrote these positions of one timeline, so that nobody can tell of
   * which of them a session speaks.
   */
  void doubt(LogPosition from, LogPosition to) {
    doubt = new Doubt(from, to);
  }

  /** Records where timelines began. */
  synchronized void learn(SortedMap<Integer, Long> begins) {
    Known before = known;
    if (before != null) {
      TimelineHistory history = new TimelineHistory(before.history().current(), begins);
      known = new Known(history, before.firstSeen(), before.synchronous(), before.left());
    }
  }

  /** Bytes of log up to a position that the present timeline does not include; 0 if it has all. */
  long lostBytes(LogPosition reached) {
    Known now = known;
    return now == null ? 0 : now.history().missingBytes(reached);
  }

  /**
   * The position that a server must have reached to answer a session that has seen the given one.
   *
   * @throws SessionLostException if what the session saw may be lost
   */
  LogPosition required(LogPosition seen) {
    Known now = known;
    if (now == null) {
      return seen;
    }
    Doubt doubtful = doubt;
    if (doubtful != null && doubtful.includes(seen)) {
      throw new SessionLostException(shard);
    }
    int current = now.history().current();
    if (seen.timeline() > current && seen.timeline() > now.left()) {
      // Another process may have seen a promotion that this one is yet to see.
      return seen;
    }
    if (now.history().includes(seen)) {
      return seen.timeline() == current ? seen : new LogPosition(current, seen.lsn());
    }
    boolean confirmed = seen.equals(LogPosition.endOf(seen.timeline())) && now.synchronous();
    if (confirmed && seen.timeline() < current) {
      return now.firstSeen();
    }
    throw new SessionLostException(shard);
  }
}
