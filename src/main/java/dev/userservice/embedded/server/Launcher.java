package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line by which PostgreSQL's programs are started. PostgreSQL refuses to run as root,
 * so root starts it in a user namespace without privileges. Servers get a session of their own, so
 * that Ctrl-C reaches Java only. Both {@code setsid} and {@code unshare} replace themselves by the
 * server, so its process ID is that of Java's child.
 */
record Launcher(List<String> unprivileged, List<String> detached) {

  static Launcher of(Platform platform) throws IOException {
    List<String> unprivileged = runsAsRoot() ? namespace(platform) : List.of();
    Path setsid = platform.linux() ? onPath("setsid") : null;
    return new Launcher(unprivileged, setsid == null ? List.of() : List.of(setsid.toString()));
  }

  /** Whether a signal from the terminal does not reach the servers. */
  boolean detaches() {
    return !detached.isEmpty();
  }

  ProcessBuilder program(List<String> command) {
    return builder(unprivileged, command);
  }

  ProcessBuilder server(List<String> command) {
    return builder(Stream.concat(detached.stream(), unprivileged.stream()).toList(), command);
  }

  private static ProcessBuilder builder(List<String> prefix, List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    // A developer's PGDATA or PGOPTIONS must not be inherited; macOS requires an LC_ALL.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static List<String> namespace(Platform platform) {
    Path unshare = platform.linux() ? onPath("unshare") : null;
    if (unshare == null) {
      throw new EmbeddedClusterException(
          "PostgreSQL refuses to run as root and there is no unshare command; use another user");
    }
    return List.of(unshare.toString(), "-U");
  }

  private static boolean runsAsRoot() throws IOException {
    Path own = Files.createTempFile("user-service", null);
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(own, "unix:uid"));
    } finally {
      Files.delete(own);
    }
  }

  private static @Nullable Path onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }
}
