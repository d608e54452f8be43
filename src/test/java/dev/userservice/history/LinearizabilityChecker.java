package dev.userservice.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a register's history is linearizable: whether one order of its operations, each between
 * its call and its answer, explains every answer.
 *
 * <p>The search is that of Wing and Gong (Testing and Verifying Concurrent Objects, 1993), with
 * memoized configurations, and with operations ordered only when an answer requires it, as in Lowe
 * (Testing for Linearizability, 2017). Knossos and Porcupine do the same. The cost is exponential
 * only in the number of concurrent operations.
 */
final class LinearizabilityChecker {

  private final List<Event> operations;
  private final BitSet open = new BitSet();
  private Set<Configuration> configurations;

  private LinearizabilityChecker(long initial, List<Event> operations) {
    this.operations = operations;
    this.configurations = Set.of(new Configuration(initial, new BitSet()));
  }

  /**
   * The first answer that no order explains, or empty if the history is linearizable.
   *
   * @param initial the value before the first operation; no two writes write the same
   * @param history the answered reads, and the writes that happened or may have
   */
  static Optional<Event> firstUnexplained(long initial, List<Event> history) {
    return new LinearizabilityChecker(initial, relevant(history)).search();
  }

  /**
   * A write of unknown outcome that no read has shown can stand at the end of every order. One that
   * was shown was made before that read ended.
   */
  private static List<Event> relevant(List<Event> history) {
    Map<Long, Long> shown = new HashMap<>();
    for (Event read : history) {
      if (!read.isWrite()) {
        shown.merge(read.value(), read.end(), Math::min);
      }
    }
    List<Event> relevant = new ArrayList<>();
    for (Event event : history) {
      @Nullable Long shownBy = shown.get(event.value());
      if (!event.isWrite() || event.isDone()) {
        relevant.add(event);
      } else if (shownBy != null && shownBy >= event.begin()) {
        relevant.add(event.endedBy(shownBy));
      }
    }
    return relevant;
  }

  private Optional<Event> search() {
    for (Moment moment : moments()) {
      if (!moment.answer()) {
        open.set(moment.operation());
        continue;
      }
      configurations = explained(moment.operation());
      open.clear(moment.operation());
      if (configurations.isEmpty()) {
        return Optional.of(operations.get(moment.operation()));
      }
    }
    return Optional.empty();
  }

  // At the same instant a call comes first: the two count as concurrent.
  private List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (int index = 0; index < operations.size(); index++) {
      Event operation = operations.get(index);
      moments.add(new Moment(operation.begin(), false, index));
      moments.add(new Moment(operation.end(), true, index));
    }
    moments.sort(Comparator.comparingLong(Moment::at).thenComparing(Moment::answer));
    return moments;
  }

  /** Every configuration in which the answered operation has its place. */
  private Set<Configuration> explained(int answered) {
    Set<Configuration> explained = new HashSet<>();
    Set<Configuration> visited = new HashSet<>(configurations);
    List<Configuration> frontier = new ArrayList<>(configurations);
    while (!frontier.isEmpty()) {
      Configuration next = frontier.remove(frontier.size() - 1);
      if (next.placed().get(answered)) {
        explained.add(next.without(answered));
        continue;
      }
      for (int each = open.nextSetBit(0); each >= 0; each = open.nextSetBit(each + 1)) {
        next.with(each, operations.get(each)).filter(visited::add).ifPresent(frontier::add);
      }
    }
    return explained;
  }

  private record Moment(long at, boolean answer, int operation) {}

  /** The register's value after some order, and which open operations have their place in it. */
  private record Configuration(long value, BitSet placed) {

    Optional<Configuration> with(int index, Event operation) {
      if (placed.get(index) || (!operation.isWrite() && operation.value() != value)) {
        return Optional.empty();
      }
      BitSet more = (BitSet) placed.clone();
      more.set(index);
      return Optional.of(new Configuration(operation.value(), more));
    }

    Configuration without(int index) {
      BitSet less = (BitSet) placed.clone();
      less.clear(index);
      return new Configuration(value, less);
    }
  }
}
