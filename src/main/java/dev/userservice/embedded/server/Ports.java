package dev.userservice.embedded.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Chooses the TCP ports of the servers. */
public final class Ports {

  // Below the range of ports for outgoing connections, one of which could take the port of a server
  // that is being restarted.
  private static final int FIRST = 15_432;
  private static final int LAST = 32_000;

  private Ports() {}

  public static List<Integer> choose(int basePort, int count) {
    return basePort == 0 ? free(count) : consecutive(basePort, count);
  }

  private static List<Integer> consecutive(int basePort, int count) {
    List<Integer> ports = new ArrayList<>();
    for (int port = basePort; port < basePort + count; port++) {
      if (!isFree(port)) {
        throw new EmbeddedClusterException(
            "port " + port + " is in use; set users.embedded.base-port to another or to 0");
      }
      ports.add(port);
    }
    return ports;
  }

  private static List<Integer> free(int count) {
    List<Integer> ports = new ArrayList<>();
    // Two processes that start at the same time begin at different ports.
    int offset = (int) (ProcessHandle.current().pid() * 61 % (LAST - FIRST));
    for (int tried = 0; tried < LAST - FIRST && ports.size() < count; tried++) {
      int port = FIRST + (offset + tried) % (LAST - FIRST);
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new EmbeddedClusterException("there are no " + count + " free ports for PostgreSQL");
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
