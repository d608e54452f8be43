package dev.userservice.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.userservice.time.Ticker;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void refusedConnectionIsTriedAgain() throws IOException {
    HttpServer late = HttpServer.create();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    AtomicInteger readings = new AtomicInteger();
    Ticker ticker = () -> readings.incrementAndGet() == 2 ? started(late, port) : 0;
    try {
      URI target = URI.create("http://127.0.0.1:" + port + "/");
      assertThat(check(target, Duration.ofSeconds(1), ticker)).isEqualTo(1);
      assertThat(lines()).singleElement().asString().contains("create: status 404, not 201");
    } finally {
      late.stop(0);
    }
  }

  /** The ticker is read for the second time when the connection was refused. */
  private static long started(HttpServer server, int port) {
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    server.start();
    return 0;
  }

  private int check(URI target) {
    return check(target, Duration.ZERO, Ticker.system());
  }

  private int check(URI target, Duration connectionWait, Ticker ticker) {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Check(target, out, connectionWait, ticker).run();
  }

  private String[] lines() {
    return printed.toString(StandardCharsets.UTF_8).strip().split("\n", -1);
  }
}
