package dev.userservice.executable;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sockets of a process, by the tables of Linux. */
final class ListeningSockets {

  private static final String LISTENS = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningSockets() {}

  /** The local addresses, in hexadecimal, at which the process listens; none when it has ended. */
  static List<String> of(long pid) {
    try {
      Path process = Path.of("/proc", Long.toString(pid));
      Set<String> own = inodes(process);
      List<String> addresses = new ArrayList<>();
      for (String table : List.of("net/tcp", "net/tcp6")) {
        for (String line : Files.readAllLines(process.resolve(table))) {
          String[] columns = line.strip().split("\\s+", -1);
          if (columns[STATE].equals(LISTENS) && own.contains(columns[INODE])) {
            addresses.add(columns[1]);
          }
        }
      }
      return addresses;
    } catch (IOException ended) {
      return List.of();
    }
  }

  private static Set<String> inodes(Path process) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
