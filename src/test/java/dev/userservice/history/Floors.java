package dev.userservice.history;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which values are too old at some moment: those whose write had ended before another write began,
 * and that one was acknowledged by then.
 */
final class Floors {

  private final long[] ends;
  private final long[] begins;

  Floors(List<Event> acknowledged) {
    List<Event> byEnd = acknowledged.stream().sorted(Comparator.comparingLong(Event::end)).toList();
    ends = byEnd.stream().mapToLong(Event::end).toArray();
    begins = byEnd.stream().mapToLong(Event::begin).toArray();
    Arrays.parallelPrefix(begins, Math::max);
  }

  /** Whether a value, whose write had ended at the given time, is too old at a moment. */
  boolean exclude(long writtenBy, long moment) {
    int after = firstAfter(moment);
    return after > 0 && writtenBy < begins[after - 1];
  }

  private int firstAfter(long moment) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
