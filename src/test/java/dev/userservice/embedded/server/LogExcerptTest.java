package dev.userservice.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which line of a program's output explains its failure. */
final class LogExcerptTest {

  @Test
  void theFirstErrorIsTheReason() {
    String output =
        """
        2026-01-01 LOG:  starting PostgreSQL 18
        2026-01-01 FATAL:  could not create lock file
        2026-01-01 ERROR:  a consequence
        """;
    assertThat(LogExcerpt.reason(output)).isEqualTo("could not create lock file");
  }

  @Test
  void aLogLineAboutTheConfigurationIsAnError() {
    String output =
        """
        LOG:  invalid value for parameter "shared_buffers": "many"
        FATAL:  configuration file contains errors
        """;
    assertThat(LogExcerpt.reason(output))
        .isEqualTo("invalid value for parameter \"shared_buffers\": \"many\"");
  }

  @Test
  void withoutAnErrorTheLastLineIsTheReason() {
    assertThat(LogExcerpt.reason("LOG:  ready\nkilled by signal 9\n\n"))
        .isEqualTo("killed by signal 9");
    assertThat(LogExcerpt.reason("")).isEmpty();
  }

  @Test
  void errorsOfAnEarlierStartAreIgnored(@TempDir Path directory) throws IOException {
    Path log = directory.resolve("log");
    Files.writeString(log, "FATAL:  yesterday\n");
    long offset = Files.size(log);
    Files.writeString(log, Files.readString(log) + "FATAL:  today\n");
    assertThat(LogExcerpt.reason(log, offset)).isEqualTo("today");
  }
}
