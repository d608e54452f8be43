package dev.userservice.datasource;

import java.time.Duration;

/** Refuses durations out of their documented bounds, naming the property. */
final class ConfiguredBounds {

  private ConfiguredBounds() {}

  static void check(DataSourceConfig config) {
    within("connect-timeout", config.connectTimeout(), "PT0.1S", "PT1M");
    within("read-deadline", config.readDeadline(), "PT0.1S", "PT1M");
    within("write-deadline", config.writeDeadline(), "PT0.5S", "PT5M");
    within("maximum-lifetime", config.maximumLifetime(), "PT1M", "PT24H");
  }

  private static void within(String property, Duration value, String least, String most) {
    if (value.compareTo(Duration.parse(least)) < 0 || value.compareTo(Duration.parse(most)) > 0) {
      throw new IllegalArgumentException(
          "users.datasource.%s is %s; it must be between %s and %s"
              .formatted(property, value, least, most));
    }
  }
}
