package dev.userservice.wal;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log positions that the current timeline includes. Every promotion begins a timeline at a
 * position of the one before (PostgreSQL documentation, section 25.3.6).
 *
 * @param current the primary's timeline
 * @param begins the LSNs at which timelines began, as far as known, by timeline
 */
public record TimelineHistory(int current, SortedMap<Integer, Long> begins) {

  public TimelineHistory {
    begins = Collections.unmodifiableSortedMap(new TreeMap<>(begins));
  }

  public static TimelineHistory of(int current) {
    return new TimelineHistory(current, new TreeMap<>());
  }

  /** Whether the begin of the current timeline is known; the first began with the database. */
  public boolean complete() {
    return current == 1 || begins.containsKey(current);
  }

  /**
   * How much of the log up to a position the current timeline is known not to include, in bytes: 0
   * if it includes the position, or the end of the position's timeline is not known.
   */
  public long missingBytes(LogPosition position) {
    long least = position.lsn();
    for (int next = position.timeline() + 1; next <= current; next++) {
      @Nullable Long begin = begins.get(next);
      if (begin != null && Long.compareUnsigned(begin, least) < 0) {
        least = begin;
      }
    }
    return position.lsn() - least;
  }

  /**
   * Whether the current timeline is known to include a position. False for a position beyond the
   * end of its timeline, which was lost, and for one on a timeline whose end is unknown.
   */
  public boolean includes(LogPosition position) {
    if (position.timeline() >= current) {
      return position.timeline() == current;
    }
    for (int next = position.timeline() + 1; next <= current; next++) {
      @Nullable Long begin = begins.get(next);
      if (begin == null || Long.compareUnsigned(position.lsn(), begin) > 0) {
        return false;
      }
    }
    return true;
  }
}
