package dev.userservice.history;

import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one key.
 *
 * <p>Which of two writes is older is known from their times alone: a write that ended before
 * another one began. A write of unknown outcome has no end, since it may be made late; what was
 * there before all writes is older than any.
 */
final class KeyHistory {

  private final List<Event> events;
  private final Map<Long, Event> writes = new HashMap<>();

  /**
   * Sorts the calls.
   *
   * @throws IllegalArgumentException if two writes have the same value
   */
  KeyHistory(List<Event> events) {
    this.events = events.stream().sorted(Comparator.comparingLong(Event::begin)).toList();
    for (Event event : events) {
      if (event.isWrite()) {
        Event other = writes.put(event.value(), event);
        if (other != null || event.value() == Event.ABSENT) {
          throw new IllegalArgumentException("the value of a write is not unique: " + event);
        }
      }
    }
  }

  /**
   * The writes of which everybody who was shown their value was told later that the session is
   * lost: the service has named them, if a failover has lost them.
   *
   * @param told the sessions that ended so
   */
  List<Event> named(Set<String> told) {
    Map<Long, Boolean> allTold = new HashMap<>();
    for (Event event : events) {
      if (event.isDone()) {
        allTold.merge(event.value(), told.contains(event.session()), Boolean::logicalAnd);
      }
    }
    return writes.values().stream()
        .filter(
            write ->
                write.outcome() == Outcome.UNKNOWN && allTold.getOrDefault(write.value(), false))
        .toList();
  }

  /** The calls that neither wrote one of these values nor were shown it. */
  KeyHistory without(List<Event> lost) {
    Set<Long> values = lost.stream().map(Event::value).collect(toSet());
    return new KeyHistory(
        events.stream().filter(event -> !values.contains(event.value())).toList());
  }

  /** All calls, by their begin. */
  List<Event> events() {
    return events;
  }

  /** All reads that were answered, by their begin. */
  List<Event> answeredReads() {
    return events.stream().filter(event -> !event.isWrite() && event.isDone()).toList();
  }

  /** The writes that happened or may have, and the answered strong reads, by their begin. */
  List<Event> strong() {
    return events.stream()
        .filter(event -> event.mayHaveHappened() || (event.isStrong() && event.isDone()))
        .toList();
  }

  /** The writes that succeeded. */
  List<Event> acknowledged() {
    return writes.values().stream().filter(Event::isDone).toList();
  }

  /** Who wrote a value; empty for what was there before. */
  Optional<String> writer(long value) {
    return Optional.ofNullable(writes.get(value)).map(Event::session);
  }

  /** When the write of a value began; the lowest number for what was there before. */
  long begin(long value) {
    Event write = writes.get(value);
    return write == null ? Long.MIN_VALUE : write.begin();
  }

  /** When the write of a value had ended for certain. */
  long end(long value) {
    Event write = writes.get(value);
    return write == null ? Long.MIN_VALUE : write.certainEnd();
  }

  /** Whether a read may show its value at all. */
  boolean wasWritten(Event read) {
    @Nullable Event write = writes.get(read.value());
    return read.value() == Event.ABSENT
        || (write != null && write.mayHaveHappened() && write.begin() <= read.end());
  }

  /** The last strong read, if it was sent after every acknowledged write had ended. */
  Optional<Event> settlement() {
    long end = acknowledged().stream().mapToLong(Event::end).max().orElse(Long.MIN_VALUE);
    return answeredReads().stream()
        .filter(event -> event.isStrong() && event.begin() >= end)
        .reduce((earlier, later) -> later);
  }
}
