package dev.userservice.wal;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which log positions the current timeline includes (PostgreSQL documentation, section 25.3.6:
 * every promotion begins a timeline at a position of the one before).
 *
 * @param current the primary's timeline
 * @param begins where timelines began, as far as that is known: timeline to LSN
 */
public record TimelineHistory(int current, SortedMap<Integer, Long> begins) {

  public TimelineHistory {
    begins = Collections.unmodifiableSortedMap(new TreeMap<>(begins));
  }

  public static TimelineHistory of(int current) {
    return new TimelineHistory(current, new TreeMap<>());
  }

  /** Whether it is known where the current timeline began; the first began with the database. */
  public boolean complete() {
    return current == 1 || begins.containsKey(current);
  }

  /**
   * Whether the current timeline is known to include a position. False for one beyond the end of
   * its timeline, which was lost, and for one whose timeline's end is not known.
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
