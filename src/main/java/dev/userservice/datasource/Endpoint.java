package dev.userservice.datasource;

/**
 * The address and name of one PostgreSQL server. Its role is not part of it, since that changes and
 * is probed. Two servers that had the same address one after the other differ by name.
 *
 * @param host name or address; an IPv6 address stands in brackets
 * @param port TCP port, 1 to 65535
 * @param name for logs and answers, not empty; by default the address
 */
public record Endpoint(String host, int port, String name) {

  /** Refuses an empty host or name and a port out of range. */
  public Endpoint {
    if (host.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("an endpoint needs a host and a name");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  /** A server without a name of its own. */
  public Endpoint(String host, int port) {
    this(host, port, host + ":" + port);
  }

  /** Parses {@code host:port}; the port is 5432 when absent. IPv6 addresses stand in brackets. */
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

  /** The address as {@code host:port}. */
  public String address() {
    return host + ":" + port;
  }

  /** The name, and the address if it differs. */
  @Override
  public String toString() {
    return name.equals(address()) ? name : name + " (" + address() + ")";
  }
}
