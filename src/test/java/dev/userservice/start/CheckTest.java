package dev.userservice.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The command {@code check}, which {@code helm test} runs, against the running service. */
@QuarkusTest
final class CheckTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TestHTTPResource("/")
  URI service;

  @Test
  void workingServicePasses() {
    assertThat(check(service)).isZero();
    assertThat(lines()).hasSize(4).allMatch(line -> line.startsWith("ok: "));
  }

  @Test
  void absentServiceFailsWithOneLine() {
    assertThat(check(URI.create("http://127.0.0.1:1/"))).isEqualTo(1);
    assertThat(lines()).singleElement().asString().startsWith("failed: http://127.0.0.1:1/");
  }

  private int check(URI target) {
    return new Check(target, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
  }

  private String[] lines() {
    return printed.toString(StandardCharsets.UTF_8).strip().split("\n", -1);
  }
}
