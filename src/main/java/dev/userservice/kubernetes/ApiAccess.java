package dev.userservice.kubernetes;

import java.net.URI;
import java.util.function.Supplier;

/**
 * Where the API server is, and as whom this process uses it.
 *
 * @param server its address, {@code http} or {@code https}, with a path or without one
 * @param namespace the namespace of this process
 * @param token the bearer token of the next request; empty for none
 */
record ApiAccess(URI server, String namespace, Supplier<String> token, Certificates certificates) {

  ApiAccess {
    boolean web = "https".equals(server.getScheme()) || "http".equals(server.getScheme());
    if (!web || server.getHost() == null) {
      throw new IllegalArgumentException("not an address of an API server: " + server);
    }
  }

  boolean encrypted() {
    return "https".equals(server.getScheme());
  }

  int port() {
    if (server.getPort() > 0) {
      return server.getPort();
    }
    return encrypted() ? 443 : 80;
  }

  /** The host as a resolver takes it. */
  String host() {
    String host = server.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The path of a request to the API, which begins with a slash. */
  String path(String request) {
    String prefix = server.getRawPath();
    return prefix.endsWith("/")
        ? prefix.substring(0, prefix.length() - 1) + request
        : prefix + request;
  }
}
