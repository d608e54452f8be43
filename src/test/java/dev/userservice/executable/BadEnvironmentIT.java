package dev.userservice.executable;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.Packaged;
import dev.userservice.ServiceProcess;
import dev.userservice.TestCluster;
import dev.userservice.datasource.Endpoint;
import dev.userservice.topology.Topology;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable where something is missing that it could rely on. */
@Tag("executable")
final class BadEnvironmentIT {

  private static final String ABSENT = "/nonexistent/tmp";

  /** What of a machine only the loader of programs needs: no name can be resolved. */
  private static final String EMPTY_ETC = "mount -t tmpfs none /etc && exec \"$0\" \"$@\"";

  @Test
  void serviceWorksWithoutATemporaryFolder() throws Exception {
    List<String> options = new ArrayList<>();
    ServiceProcess.settings(TestCluster.topology())
        .forEach((name, value) -> options.add("-D" + name + "=" + value));
    options.add("-Djava.io.tmpdir=" + ABSENT);
    try (ServiceProcess service =
        ServiceProcess.launchIn(
            Map.of("TMPDIR", ABSENT),
            Path.of("executable-no-tmp"),
            options.toArray(String[]::new))) {
      service.awaitReady();
      serves(service);
      String lines =
          IntStream.range(0, 20_000)
              .mapToObj(user -> "{\"name\":\"user %d\"}".formatted(user))
              .collect(Collectors.joining("\n"));
      given()
          .contentType("application/x-ndjson")
          .body(lines.getBytes(StandardCharsets.UTF_8))
          .post(service.address("/users/import"))
          .then()
          .statusCode(200);
      given().get(service.address("/q/swagger-ui/")).then().statusCode(200);
      assertThat(service.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void serviceWorksOrEndsWithOneSentenceInAHeapOf24Megabytes() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.launchOn(
            TestCluster.topology(), Path.of("executable-small-heap"), "-Xmx24m")) {
      try {
        service.awaitReady();
      } catch (IllegalStateException ended) {
        assertThat(service.awaitExit()).isNotZero();
        assertThat(service.output()).containsIgnoringCase("memory").doesNotContain("\tat ");
        return;
      }
      for (int round = 0; round < 200; round++) {
        serves(service);
      }
    }
  }

  @Test
  void serviceWorksWithoutResolvConf() throws Exception {
    Assumptions.assumeTrue(
        succeeds("unshare", "-rm", "sh", "-c", EMPTY_ETC, "true"),
        "this machine lets no test hide /etc");
    List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", EMPTY_ETC));
    command.add(Path.of(Packaged.program().get(0)).toAbsolutePath().toString());
    int port = ServiceProcess.freePort();
    ServiceProcess.settings(TestCluster.topology())
        .forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.port=" + ServiceProcess.freePort());
    try (Execution service = Execution.command("no-resolv-conf", command)) {
      String user = "http://127.0.0.1:" + port + "/users/9";
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> put(user).statusCode() < 300);
      service.terminate();
      assertThat(service.exitCode(Duration.ofSeconds(20))).isIn(0, 143);
      assertThat(service.lines()).noneMatch(line -> line.startsWith("\tat "));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 150, 200})
  void earlySigtermEndsTheProcessSoon(int millis) throws Exception {
    ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    try (Execution serve = Execution.on(TestCluster.topology(), "sigterm-" + millis)) {
      later.schedule(serve::terminate, millis, TimeUnit.MILLISECONDS).get();
      assertThat(serve.exitCode(Duration.ofSeconds(3))).isIn(0, 1, 143);
      assertThat(serve.lines())
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("ERROR"));
    } finally {
      later.shutdownNow();
    }
  }

  @Test
  void sigtermEndsAStartThatWaitsForAPrimary() throws Exception {
    Topology nobody =
        new Topology(
            List.of(List.of(new Endpoint("127.0.0.1", 1, "127.0.0.1:1"))),
            TestCluster.topology().credentials());
    try (Execution serve = Execution.on(nobody, "sigterm-waiting")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> serve.lines().stream().anyMatch(line -> line.contains("does not answer")));
      serve.terminate();
      assertThat(serve.exitCode(Duration.ofSeconds(5))).isIn(0, 1, 143);
      assertThat(serve.lines())
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("ERROR"))
          .anyMatch(line -> line.contains("Told to end before the start was over"));
    }
  }

  @Test
  void processorWithoutTheFeaturesIsToldThemInOneSentence() throws Exception {
    Assumptions.assumeTrue(
        succeeds("qemu-x86_64", "-cpu", "qemu64", "/bin/true"),
        "this machine emulates no other processor");
    String program = Path.of(Packaged.program().get(0)).toAbsolutePath().toString();
    try (Execution check =
        Execution.command(
            "old-processor", List.of("qemu-x86_64", "-cpu", "qemu64", program, "check"))) {
      assertThat(check.exitCode()).isNotZero();
      Assumptions.assumeFalse(
          check.lines().get(0).startsWith("usage"), "it is compiled for all processors");
      assertThat(check.lines())
          .hasSizeLessThanOrEqualTo(2)
          .first(as(InstanceOfAssertFactories.STRING))
          .contains("does not support all of the following CPU features", "AVX2");
    }
  }

  private static void serves(ServiceProcess service) {
    Response written = put(service.address("/users/8").toString());
    assertThat(written.statusCode()).as(written.asString()).isIn(200, 201);
    given()
        .header("Consistency-Token", written.header("Consistency-Token"))
        .get(service.address("/users/8"))
        .then()
        .statusCode(200);
  }

  private static Response put(String user) {
    return given().contentType("application/json").body("{\"name\":\"Ada\"}").put(user);
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
