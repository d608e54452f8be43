package dev.userservice.routing.strategy;

/**
 * How much one server is to get compared with the others.
 *
 * @param server its name, or {@code host:port}
 * @param weight from 0.01 to 100
 */
public record ServerWeight(String server, double weight) {

  /** Refuses a weight that is out of bounds. */
  public ServerWeight {
    if (!(weight >= 0.01 && weight <= 100)) {
      throw new IllegalArgumentException(
          "the weight of %s is %s; it must be between 0.01 and 100".formatted(server, weight));
    }
  }

  /**
   * Reads {@code server=weight}, with spaces around either.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static ServerWeight parse(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("\"" + text + "\" is not server=weight");
    }
    return new ServerWeight(
        text.substring(0, equals).strip(), Double.parseDouble(text.substring(equals + 1).strip()));
  }
}
