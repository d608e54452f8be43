package dev.userservice;

import dev.userservice.topology.Topology;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The packaged service as a separate process, on its own embedded cluster or on given servers. */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;
  private final Path log;
  private final Process process;
  private final int port;
  private final int managementPort;

  private ServiceProcess(
      Path directory, Map<String, String> environment, List<String> end, List<String> options)
      throws IOException {
    this.directory = directory;
    this.log = Files.createDirectories(Path.of("target")).resolve(directory.getFileName() + ".out");
    this.port = freePort();
    this.managementPort = freePort();
    List<String> command = new ArrayList<>(Packaged.program());
    command.add("-Xmx256m");
    command.addAll(options);
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.port=" + managementPort);
    command.addAll(end);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    this.process = builder.start();
  }

  /** Starts the service with its own embedded servers and waits until it is ready. */
  public static ServiceProcess start(Path directory, String... options) throws IOException {
    return ready(launch(directory, options));
  }

  private static ServiceProcess ready(ServiceProcess service) {
    try {
      service.awaitReady();
      return service;
    } catch (RuntimeException failure) {
      service.close();
      throw failure;
    }
  }

  /**
   * Starts the service on given servers, and waits until it is ready.
   *
   * @param name of its log below {@code target}
   */
  public static ServiceProcess startOn(Topology topology, Path name, String... options)
      throws IOException {
    return ready(launchOn(topology, name, options));
  }

  /** The same, without waiting. */
  public static ServiceProcess launchOn(Topology topology, Path name, String... options)
      throws IOException {
    return new ServiceProcess(name, Map.of(), Packaged.end(), on(topology, options));
  }

  /** The same, with the JVM program in another folder. */
  public static ServiceProcess launchOn(
      Topology topology, Path name, Path folder, String... options) throws IOException {
    return new ServiceProcess(name, Map.of(), Packaged.end(folder), on(topology, options));
  }

  private static List<String> on(Topology topology, String... options) {
    List<String> all = new ArrayList<>();
    settings(topology).forEach((name, value) -> all.add("-D" + name + "=" + value));
    all.addAll(List.of(options));
    return all;
  }

  /** The settings of a service on given servers. */
  public static Map<String, String> settings(Topology topology) {
    Map<String, String> settings = new TreeMap<>(Map.of("users.embedded.enabled", "false"));
    for (int shard = 0; shard < topology.shards().size(); shard++) {
      for (int server = 0; server < topology.shards().get(shard).size(); server++) {
        settings.put(
            "users.topology.shards[%d].endpoints[%d]".formatted(shard, server),
            topology.shards().get(shard).get(server).toString());
      }
    }
    settings.put("users.datasource.database", topology.credentials().database());
    settings.put("users.datasource.username", topology.credentials().username());
    settings.put("users.datasource.password", topology.credentials().password());
    return settings;
  }

  /** Starts the service with its own embedded servers, without waiting. */
  public static ServiceProcess launch(Path directory, String... options) throws IOException {
    Assumptions.assumeFalse(Packaged.executable(), "the executable starts no servers of its own");
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dusers.embedded.directory=" + directory);
    return new ServiceProcess(directory, Map.of(), Packaged.end(), all);
  }

  /**
   * Starts the service with the given environment, without waiting.
   *
   * @param name of its log below {@code target}
   * @param environment variables besides the test's own
   */
  public static ServiceProcess launchIn(
      Map<String, String> environment, Path name, String... options) throws IOException {
    return new ServiceProcess(name, environment, Packaged.end(), List.of(options));
  }

  /** Waits until the service is ready. If it ends, that is an error. */
  public void awaitReady() {
    Awaitility.await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !process.isAlive() || ready());
    if (!process.isAlive()) {
      throw new IllegalStateException("the service ended: " + output());
    }
  }

  /** What the service reports of the leader, if it answers and knows one. */
  public Optional<JsonObject> leader() throws InterruptedException {
    try {
      HttpResponse<String> answer = get(address("/leader"));
      return answer.statusCode() == 200
          ? Optional.of(new JsonObject(answer.body()))
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Whether the service reports that it leads. */
  public boolean leads() throws InterruptedException {
    return leader().filter(leader -> leader.getBoolean("self")).isPresent();
  }

  /** An address of the API. */
  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** The cluster's directory. */
  public Path directory() {
    return directory;
  }

  /** The body of the readiness check, which names each server and its role. */
  public String health() throws IOException, InterruptedException {
    return get(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready")).body();
  }

  /** The sum of a metric over all lines that contain the given labels. */
  public double metric(String name, String... labels) throws IOException, InterruptedException {
    String text = get(URI.create("http://127.0.0.1:" + managementPort + "/q/metrics")).body();
    return text.lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Everything that the service has printed, including earlier runs in the same directory. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Waits until the process ends by itself. Returns its exit code. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the service still runs: " + output());
    }
    return process.exitValue();
  }

  /** Kills the Java process with SIGKILL. Its servers continue to run. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  /** Sends SIGTERM to the Java process, without waiting. */
  public void terminate() {
    process.destroy();
  }

  /** Stops the Java process with SIGSTOP. */
  public void pause() throws IOException, InterruptedException {
    ProcessSignal.pause(process);
  }

  /** Lets a stopped process continue, with SIGCONT. */
  public void resume() throws IOException, InterruptedException {
    ProcessSignal.resume(process);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopping) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean ready() {
    try {
      URI ready = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
      return get(ready).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A port that nobody listens on. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
