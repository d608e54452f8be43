package dev.userservice.drill;

import java.util.Arrays;
import java.util.List;

/** The seeds of drills that run more than once: those of {@code -Ddrill.seeds}, or new ones. */
final class DrillSeeds {

  private DrillSeeds() {}

  /** Two new seeds, unless others are given. */
  static List<Long> two() {
    String given = System.getProperty("drill.seeds", "");
    if (given.isEmpty()) {
      long first = System.nanoTime();
      return List.of(first, first + 1);
    }
    return Arrays.stream(given.split(",")).map(Long::parseLong).toList();
  }
}
