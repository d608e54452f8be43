package dev.userservice.history;

import dev.userservice.history.Violation.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Judges the calls on one key by the definition of each promise: compares every read with every
 * other call. The twin of {@link KeyJudge}, for tests with small histories.
 */
final class DefinitionJudge {

  private final List<Event> calls;

  DefinitionJudge(List<Event> calls) {
    this.calls = calls;
  }

  List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    for (Event read : calls) {
      if (!read.isWrite() && read.isDone()) {
        for (Promise promise : Promise.values()) {
          if (isBroken(promise, read)) {
            found.add(new Violation(promise, read));
          }
        }
      }
    }
    return found;
  }

  /** The writes of unknown outcome whose every reader was told later that its session is lost. */
  List<Event> named() {
    return calls.stream()
        .filter(call -> call.isWrite() && call.outcome() == Outcome.UNKNOWN)
        .filter(write -> calls.stream().anyMatch(call -> shows(call, write)))
        .filter(
            write -> calls.stream().filter(call -> shows(call, write)).allMatch(this::isToldLater))
        .toList();
  }

  private static boolean shows(Event read, Event write) {
    return !read.isWrite() && read.isDone() && read.value() == write.value();
  }

  private boolean isToldLater(Event read) {
    return calls.stream()
        .anyMatch(
            call ->
                call.outcome() == Outcome.SESSION_LOST
                    && call.session().equals(read.session())
                    && call.begin() >= read.end());
  }

  boolean linearizable() {
    return ExhaustiveLinearizability.check(
        Event.ABSENT,
        calls.stream()
            .filter(
                call ->
                    call.isWrite()
                        ? call.outcome() != Outcome.REFUSED
                        : call.isStrong() && call.isDone())
            .toList());
  }

  private boolean isBroken(Promise promise, Event read) {
    return switch (promise) {
      case WRITTEN -> read.value() != Event.ABSENT && calls.stream().noneMatch(shownBy(read));
      case LINEARIZABLE -> false;
      case READ_YOUR_WRITES ->
          read.isSession() && showsOlder(read, write -> isEarlier(write, read, true));
      case MONOTONIC_READS -> read.isSession() && showsOlder(read, write -> wasSeen(write, read));
      case MONOTONIC_WRITES ->
          read.isStrong()
              && showsOlder(
                  read,
                  write ->
                      write.isDone()
                          && write.end() <= read.begin()
                          && calls.stream()
                              .anyMatch(
                                  shown ->
                                      isWriteOf(shown, read.value())
                                          && shown.session().equals(write.session())));
      case BOUNDED -> {
        Duration bound = read.bound();
        yield bound != null && showsOlder(read, acknowledged(read.begin() - bound.toNanos()));
      }
      case DURABLE -> isLastOfAll(read) && showsOlder(read, acknowledged(read.begin()));
    };
  }

  /** Whether some write that fits is newer than what the read shows. */
  private boolean showsOlder(Event read, Predicate<Event> fits) {
    return calls.stream()
        .filter(call -> call.isWrite() && fits.test(call))
        .anyMatch(newer -> calls.stream().noneMatch(call -> isNotOlder(call, read, newer)));
  }

  /** Whether the call wrote what was read, and may have done so after the other write. */
  private static boolean isNotOlder(Event call, Event read, Event other) {
    return isWriteOf(call, read.value()) && (!call.isDone() || call.end() >= other.begin());
  }

  private static boolean isWriteOf(Event call, long value) {
    return call.isWrite() && call.value() == value;
  }

  private static Predicate<Event> shownBy(Event read) {
    return call ->
        isWriteOf(call, read.value())
            && call.outcome() != Outcome.REFUSED
            && call.begin() <= read.end();
  }

  private static Predicate<Event> acknowledged(long moment) {
    return write -> write.isDone() && write.end() <= moment;
  }

  private static boolean isEarlier(Event call, Event read, boolean write) {
    return call.isDone()
        && call.isWrite() == write
        && call.session().equals(read.session())
        && call.end() <= read.begin();
  }

  private boolean wasSeen(Event write, Event read) {
    return calls.stream()
        .anyMatch(earlier -> isEarlier(earlier, read, false) && earlier.value() == write.value());
  }

  private boolean isLastOfAll(Event read) {
    return read.isStrong()
        && calls.stream()
            .allMatch(
                call ->
                    call.equals(read)
                        || !call.isDone()
                        || (call.isWrite()
                            ? call.end() <= read.begin()
                            : !call.isStrong() || call.begin() < read.begin()));
  }
}
