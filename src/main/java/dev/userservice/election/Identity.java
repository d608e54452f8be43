package dev.userservice.election;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * The name of a process in the election. A part of it is random, so that a restarted process does
 * not take the terms of its predecessor for its own.
 */
final class Identity {

  private static final int RANDOM_CHARACTERS = 8;

  private Identity() {}

  static String of(ElectionConfig config) {
    return config.identity().orElseGet(Identity::host)
        + "-"
        + UUID.randomUUID().toString().substring(0, RANDOM_CHARACTERS);
  }

  private static String host() {
    String pod = System.getenv("HOSTNAME");
    if (pod != null && !pod.isBlank()) {
      return pod;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "user-service";
    }
  }
}
