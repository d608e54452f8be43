package dev.userservice.embedded.server;

import java.util.Locale;

/** An operating system and processor for which PostgreSQL's programs are packed. */
record Platform(String system, String processor) {

  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Platform of(String osName, String osArchitecture) {
    return new Platform(system(osName, osArchitecture), processor(osName, osArchitecture));
  }

  boolean linux() {
    return system.equals("linux");
  }

  String archive() {
    return "postgres-" + system + "-" + processor + ".txz";
  }

  private static String system(String name, String architecture) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("linux")) {
      return "linux";
    }
    if (lower.startsWith("mac")) {
      return "darwin";
    }
    throw unsupported(name, architecture);
  }

  private static String processor(String name, String architecture) {
    return switch (architecture) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> throw unsupported(name, architecture);
    };
  }

  private static EmbeddedClusterException unsupported(String name, String architecture) {
    return new EmbeddedClusterException(
        "there is no embedded PostgreSQL for "
            + name
            + " on "
            + architecture
            + "; configure users.topology.shards to use your own servers");
  }
}
