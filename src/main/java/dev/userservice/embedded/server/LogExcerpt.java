package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The one line of a PostgreSQL program's output that says what went wrong. */
final class LogExcerpt {

  private static final Pattern ERROR =
      Pattern.compile(
          "(?:(?:FATAL|PANIC|ERROR|error):|LOG:(?=\\s+(?:invalid|unrecognized|could not)))\\s+(.*)");

  private LogExcerpt() {}

  /** The first complaint, since the later ones follow from it; otherwise the last words. */
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

  /** Looks only at what was written to the log from an offset on. */
  static String reason(Path log, long offset) throws IOException {
    try (var channel = Files.newByteChannel(log)) {
      channel.position(Math.max(offset, channel.size() - 16_384));
      var buffer = ByteBuffer.allocate(16_384);
      while (channel.read(buffer) > 0) {}
      return reason(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
    }
  }
}
