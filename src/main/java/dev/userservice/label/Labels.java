package dev.userservice.label;

import java.util.Locale;

/** Labels of constants in configuration, JSON, metrics and log lines. */
public final class Labels {

  private Labels() {}

  /**
   * The label of a constant: lower case, with hyphens between words, as SmallRye Config reads it.
   * Makes a new string each time; a caller on the request path keeps it.
   */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
