package dev.userservice.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The one line of a PostgreSQL program's output that says what went wrong. */
final class LogExcerpt {

  private static final Pattern ERROR = Pattern.compile("(FATAL|PANIC|ERROR|error):\\s+(.*)");

  private LogExcerpt() {}

  static String lastError(String output) {
    String found = "";
    for (String line : output.lines().toList()) {
      var matcher = ERROR.matcher(line);
      if (matcher.find()) {
        found = matcher.group(2);
      } else if (found.isEmpty() && !line.isBlank()) {
        found = line.strip();
      }
    }
    return found;
  }

  /** Looks only at what was written to the log from an offset on. */
  static String lastError(Path log, long offset) throws IOException {
    try (var channel = Files.newByteChannel(log)) {
      channel.position(Math.max(offset, channel.size() - 16_384));
      var buffer = java.nio.ByteBuffer.allocate(16_384);
      while (channel.read(buffer) > 0) {}
      return lastError(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
    }
  }
}
