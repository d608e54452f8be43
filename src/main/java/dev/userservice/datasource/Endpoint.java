package dev.userservice.datasource;

/**
 * One PostgreSQL server: its address, and what people call it. Its role is not part of it: that
 * changes, and is probed. Two servers that used one address after another differ by their names.
 *
 * @param host name or address; an IPv6 address stands in brackets
 * @param port TCP port, 1 to 65535
 * @param name for logs and answers, not empty; the address unless something better is known
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

  /** A server that is called by its address. */
  public Endpoint(String host, int port) {
    this(host, port, host + ":" + port);
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

  /** Where it is, as {@code host:port}. */
  public String address() {
    return host + ":" + port;
  }

  /** The name, and the address if that is something else. */
  @Override
  public String toString() {
    return name.equals(address()) ? name : name + " (" + address() + ")";
  }
}
