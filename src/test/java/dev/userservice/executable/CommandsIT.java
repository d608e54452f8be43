package dev.userservice.executable;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.userservice.ServiceProcess;
import dev.userservice.TestCluster;
import dev.userservice.datasource.Credentials;
import dev.userservice.topology.Topology;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of the executable: its exit code, what it prints, and where it listens. */
@Tag("executable")
final class CommandsIT {

  @Test
  void serveListensAndEndsWhenItIsTold() throws Exception {
    try (Execution serve = Execution.on(TestCluster.topology(), "serve", "serve")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ListeningSockets.of(serve.pid()).size() == 2);
      serve.terminate();
      assertThat(serve.exitCode(Duration.ofSeconds(20))).isIn(0, 143);
      assertThat(serve.lines()).noneMatch(line -> line.startsWith("\tat "));
    }
  }

  @Test
  void migrateBringsAnEmptyDatabaseUpToDateAndListensNowhere() throws Exception {
    Topology empty = emptyDatabase();
    try (Execution migrate = Execution.on(empty, "migrate", "migrate")) {
      Queue<String> listened = new ConcurrentLinkedQueue<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(
              () -> {
                listened.addAll(ListeningSockets.of(migrate.pid()));
                return !migrate.runs();
              });
      assertThat(migrate.exitCode()).as(migrate.lines().toString()).isZero();
      assertThat(listened).isEmpty();
    }
    try (ServiceProcess service = ServiceProcess.startOn(empty, Path.of("executable-migrated"))) {
      assertThat(service.output()).doesNotContain("waiting until the leader migrates it");
    }
  }

  @Test
  void migrateOfADatabaseThatIsUpToDateEndsToo() throws Exception {
    Topology empty = emptyDatabase();
    for (String name : List.of("migrate-first", "migrate-again")) {
      try (Execution migrate = Execution.on(empty, name, "migrate")) {
        assertThat(migrate.exitCode()).as(migrate.lines().toString()).isZero();
      }
    }
  }

  @Test
  void checkOfAWorkingServicePasses() throws Exception {
    try (ServiceProcess service =
            ServiceProcess.startOn(TestCluster.topology(), Path.of("executable-checked"));
        Execution check =
            Execution.of("check", List.of("check", service.address("/").toString()))) {
      assertThat(check.exitCode()).as(check.lines().toString()).isZero();
      assertThat(check.lines())
          .satisfiesExactly(
              created -> assertThat(created).startsWith("ok: create "),
              read -> assertThat(read).startsWith("ok: read ").contains("shard=0"),
              deleted -> assertThat(deleted).startsWith("ok: delete "),
              gone -> assertThat(gone).startsWith("ok: read after delete "));
    }
  }

  @Test
  void checkOfAnotherServiceFailsWithOneLineAndListensNowhere() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String address = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
    Queue<Execution> running = new ConcurrentLinkedQueue<>();
    Queue<String> listened = new ConcurrentLinkedQueue<>();
    other.createContext(
        "/",
        exchange -> {
          Awaitility.await().until(() -> !running.isEmpty());
          listened.addAll(ListeningSockets.of(running.element().pid()));
          byte[] text = "not here".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(404, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    other.start();
    try (Execution check = Execution.of("check-other", List.of("check", address))) {
      running.add(check);
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.lines())
          .containsExactly("failed: " + address + ": create: status 404, not 201: not here");
      assertThat(listened).isEmpty();
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fly", "--help", "check", ""})
  void unknownCommandIsAnsweredWithTheUsage(String command) throws Exception {
    try (Execution run = Execution.of("unknown", List.of(command))) {
      assertThat(run.exitCode(Duration.ofSeconds(5))).isEqualTo(2);
      assertThat(run.lines())
          .satisfiesExactly(
              serve -> assertThat(serve).startsWith("usage: user-service ").endsWith(" serve"),
              check -> assertThat(check).contains("user-service check <base-url> "),
              migrate -> assertThat(migrate).contains("user-service migrate "));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users.shrading.slots=64",
        "users.sharding.solts=64",
        "users.routing.slow-start=11m",
        "users.routing.strategy=fastest",
        "users.datasource.tls.mode=sometimes"
      })
  void wrongSettingEndsTheStartWithALineThatNamesIt(String setting) throws Exception {
    try (Execution serve = Execution.on(TestCluster.topology(), "setting", "-D" + setting)) {
      assertThat(serve.exitCode(Duration.ofSeconds(10))).isEqualTo(1);
      assertThat(serve.lines())
          .as("names %s", setting)
          .anyMatch(line -> line.contains(setting.substring(0, setting.indexOf('='))))
          .noneMatch(line -> line.startsWith("\tat "));
    }
  }

  /** A database of its own on the shared server, in which nothing is yet. */
  private static Topology emptyDatabase() throws SQLException {
    String name = "empty_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection primary = TestCluster.primary(0);
        Statement statement = primary.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    Credentials same = TestCluster.topology().credentials();
    return new Topology(
        TestCluster.topology().shards(), new Credentials(name, same.username(), same.password()));
  }
}
