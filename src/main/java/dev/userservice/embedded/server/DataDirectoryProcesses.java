package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the PostgreSQL processes that work in a data directory, whoever started them. The number in
 * {@code postmaster.pid} proves nothing, since process IDs are reused, and a postmaster's children
 * may outlive it. PostgreSQL's working directory is its data directory. Where {@code /proc} exists,
 * processes are found by working directory and program; elsewhere by the postmaster's command line.
 */
final class DataDirectoryProcesses {

  private static final Path PROC = Path.of("/proc");
  private static final String DELETED = " (deleted)";

  private DataDirectoryProcesses() {}

  static boolean orphansCanBeFound() {
    return Files.isSymbolicLink(PROC.resolve("self/cwd"));
  }

  static Set<Long> of(DataDirectory data) throws IOException {
    return orphansCanBeFound() ? byWorkingDirectory(data.path()) : byPostmaster(data);
  }

  private static Set<Long> byWorkingDirectory(Path directory) throws IOException {
    String real = realPath(directory);
    Set<Long> found = new HashSet<>();
    try (Stream<Path> processes = Files.list(PROC)) {
      processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> link(process, "cwd").equals(real))
          .filter(process -> link(process, "exe").endsWith("/postgres"))
          .forEach(process -> found.add(Long.valueOf(process.getFileName().toString())));
    }
    return found;
  }

  // Works also after the directory was deleted, as by "mvn clean" under a running server.
  private static String realPath(Path directory) throws IOException {
    Path parent = directory.getParent();
    return parent == null || !Files.exists(parent)
        ? directory.toString()
        : parent.toRealPath().resolve(directory.getFileName()).toString();
  }

  private static String link(Path process, String name) {
    try {
      String target = Files.readSymbolicLink(process.resolve(name)).toString();
      return target.endsWith(DELETED)
          ? target.substring(0, target.length() - DELETED.length())
          : target;
    } catch (IOException goneOrNotOurs) {
      return "";
    }
  }

  private static Set<Long> byPostmaster(DataDirectory data) {
    Set<Long> found = new HashSet<>();
    data.postmaster().stream()
        .boxed()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .filter(process -> serves(process, data.path()))
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .forEach(process -> found.add(process.pid()));
    return found;
  }

  private static boolean serves(ProcessHandle process, Path directory) {
    return process.info().command().orElse("").endsWith("/postgres")
        && process
            .info()
            .arguments()
            .map(arguments -> java.util.List.of(arguments).contains(directory.toString()))
            .orElse(false);
  }
}
