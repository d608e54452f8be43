package dev.userservice.start;

import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses settings below {@code users.} that no part of the service reads. Each mapping refuses
 * unknown keys below its own prefix; an unknown prefix is refused here.
 */
final class UnknownSettings {

  private static final String PREFIX = "users.";
  private static final Set<String> PARTS =
      Set.of(
          "consistency",
          "datasource",
          "election",
          "embedded",
          "http",
          "idempotency",
          "replication",
          "routing",
          "sharding",
          "topology");

  private UnknownSettings() {}

  static void refuse(Config config) {
    List<String> unknown =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> name.startsWith(PREFIX))
            .filter(name -> !PARTS.contains(part(name)))
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("There are no such settings: " + String.join(", ", unknown));
    }
  }

  private static String part(String name) {
    int end = name.indexOf('.', PREFIX.length());
    return end < 0 ? "" : name.substring(PREFIX.length(), end);
  }
}
