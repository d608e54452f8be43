package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.history.History;
import dev.userservice.history.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Histories that are kept below {@code target}, for the analysis of a failure. */
final class KeptHistory {

  private KeptHistory() {}

  /** Requires that no promise was broken, and keeps the history if one was. */
  static void assertKept(History history, List<Violation> violations, String name, long seed)
      throws IOException {
    if (!violations.isEmpty()) {
      System.out.println(name + " drill: the history is " + keep(history, name, seed));
    }
    assertThat(violations).as("seed %d", seed).isEmpty();
  }

  static Path keep(History history, String name, long seed) throws IOException {
    return history.write(Path.of("target", "histories", name + "-" + seed + ".ndjson"));
  }
}
