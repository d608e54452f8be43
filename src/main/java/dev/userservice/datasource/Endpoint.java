package dev.userservice.datasource;

/**
 * The address of one PostgreSQL server. Its role is not part of it: that changes, and is probed.
 *
 * @param host name or address
 * @param port TCP port, 1 to 65535
 */
public record Endpoint(String host, int port) {

  /** Refuses an empty host and a port out of range. */
  public Endpoint {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("an endpoint needs a host");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  /** Reads {@code host:port}; the port is 5432 when absent. IPv6 addresses stand in brackets. */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      return new Endpoint(text, 5432);
    }
    try {
      return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("'" + text + "' is not host:port", notANumber);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
