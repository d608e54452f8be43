package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Finds the line of a PostgreSQL program's output that explains its failure. */
final class LogExcerpt {

  private static final Pattern ERROR =
      Pattern.compile(
          "(?:(?:FATAL|PANIC|ERROR|error):|LOG:(?=\\s+(?:invalid|unrecognized|could not)))\\s+(.*)");

  private LogExcerpt() {}

  /** The first error, since later ones follow from it; without one, the last line. */
  static String reason(String output) {
    String lastWords = "";
    for (String line : output.lines().toList()) {
      var matcher = ERROR.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
      lastWords = line.isBlank() ? lastWords : line.strip();
    }
    return lastWords;
  }

  /** The same for what was written to a log from an offset on. */
  static String reason(Path log, long offset) throws IOException {
    try (var channel = Files.newByteChannel(log)) {
      channel.position(Math.max(offset, channel.size() - 16_384));
      var buffer = ByteBuffer.allocate(16_384);
      while (channel.read(buffer) > 0) {}
      return reason(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
    }
  }
}
