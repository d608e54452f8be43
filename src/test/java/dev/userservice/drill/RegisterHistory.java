package dev.userservice.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The calls on some registers, each a user, in the order of their answers. Thread-safe. */
final class RegisterHistory {

  private final Map<Long, List<Operation>> operations = new TreeMap<>();

  synchronized void add(long register, Operation operation) {
    operations.computeIfAbsent(register, each -> new ArrayList<>()).add(operation);
  }

  synchronized int size() {
    return operations.values().stream().mapToInt(List::size).sum();
  }

  synchronized long unknownWrites() {
    return operations.values().stream().flatMap(List::stream).filter(Operation::isUnknown).count();
  }

  /**
   * The answers that no order of calls explains, for each register; empty if all are linearizable.
   * The whole history is linearizable if that of each register is.
   */
  synchronized List<String> unexplained(long initial) {
    List<String> found = new ArrayList<>();
    operations.forEach(
        (register, history) -> {
          Optional<Operation> culprit = LinearizabilityChecker.firstUnexplained(initial, history);
          culprit.ifPresent(operation -> found.add("register " + register + ": " + operation));
        });
    return found;
  }

  /** Writes the history to a file below {@code target}, for the analysis of a failure. */
  synchronized Path keep(String name) throws IOException {
    Path file = Files.createDirectories(Path.of("target/histories")).resolve(name + ".txt");
    List<String> lines = new ArrayList<>();
    operations.forEach(
        (register, history) ->
            history.forEach(
                operation ->
                    lines.add(
                        "%d %s %d %d %s"
                            .formatted(
                                register,
                                operation.kind(),
                                operation.value(),
                                operation.calledAt(),
                                operation.isUnknown() ? "unknown" : operation.answeredAt()))));
    return Files.write(file, lines);
  }
}
