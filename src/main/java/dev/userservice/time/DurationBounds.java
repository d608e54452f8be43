package dev.userservice.time;

import java.time.Duration;

/** Checks durations that were configured. */
public final class DurationBounds {

  private DurationBounds() {}

  /**
   * Refuses a duration outside its documented bounds.
   *
   * @param setting its full name, for the message
   * @param least the lower bound, in ISO 8601, allowed itself
   * @param most the upper bound, in ISO 8601, allowed itself
   */
  public static void check(String setting, Duration value, String least, String most) {
    if (value.compareTo(Duration.parse(least)) < 0 || value.compareTo(Duration.parse(most)) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; it must be between %s and %s".formatted(setting, value, least, most));
    }
  }
}
