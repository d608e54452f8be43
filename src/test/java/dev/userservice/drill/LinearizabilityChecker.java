package dev.userservice.drill;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  private final List<Operation> operations;
  private final BitSet open = new BitSet();
  private Set<Configuration> configurations;

  private LinearizabilityChecker(long initial, List<Operation> operations) {
    this.operations = operations;
    this.configurations = Set.of(new Configuration(initial, new BitSet()));
  }

  /**
   * The first answer that no order explains, or empty if the history is linearizable.
   *
   * @param initial the value before the first operation; no two writes write the same
   */
  static Optional<Operation> firstUnexplained(long initial, List<Operation> history) {
    return new LinearizabilityChecker(initial, relevant(history)).search();
  }

  /** A write of unknown outcome that no read has seen can stand at the end of every order. */
  private static List<Operation> relevant(List<Operation> history) {
    Set<Long> seen =
        history.stream()
            .filter(operation -> !operation.isWrite())
            .map(Operation::value)
            .collect(Collectors.toSet());
    return history.stream()
        .filter(operation -> !operation.isUnknown() || seen.contains(operation.value()))
        .toList();
  }

  private Optional<Operation> search() {
    for (Event event : events()) {
      if (!event.answer()) {
        open.set(event.operation());
        continue;
      }
      configurations = explained(event.operation());
      open.clear(event.operation());
      if (configurations.isEmpty()) {
        return Optional.of(operations.get(event.operation()));
      }
    }
    return Optional.empty();
  }

  // At the same instant a call comes first: the two count as concurrent.
  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int index = 0; index < operations.size(); index++) {
      Operation operation = operations.get(index);
      events.add(new Event(operation.calledAt(), false, index));
      if (!operation.isUnknown()) {
        events.add(new Event(operation.answeredAt(), true, index));
      }
    }
    events.sort(Comparator.comparingLong(Event::at).thenComparing(Event::answer));
    return events;
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

  private record Event(long at, boolean answer, int operation) {}

  /** The register's value after some order, and which open operations have their place in it. */
  private record Configuration(long value, BitSet placed) {

    Optional<Configuration> with(int index, Operation operation) {
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
