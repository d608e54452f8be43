package dev.userservice.executable;

import dev.userservice.Packaged;
import dev.userservice.ServiceProcess;
import dev.userservice.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the executable, with everything that it prints. */
final class Execution implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Process process;
  private final Path printed;

  private Execution(Process process, Path printed) {
    this.process = process;
    this.printed = printed;
  }

  /** Starts the executable with these arguments. The name is that of its log below target. */
  static Execution of(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(Packaged.program());
    command.addAll(arguments);
    return command(name, command);
  }

  /** The same by a command that ends with it. */
  static Execution command(String name, List<String> command) throws IOException {
    Path printed = Path.of("target", "executable-" + name + ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    return new Execution(process, printed);
  }

  /** The same on given servers, with ports of its own. */
  static Execution on(Topology topology, String name, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    ServiceProcess.settings(topology).forEach((key, value) -> all.add("-D" + key + "=" + value));
    all.add("-Dquarkus.http.port=" + ServiceProcess.freePort());
    all.add("-Dquarkus.management.port=" + ServiceProcess.freePort());
    all.addAll(List.of(arguments));
    return of(name, all);
  }

  long pid() {
    return process.pid();
  }

  boolean runs() {
    return process.isAlive();
  }

  /** Sends SIGTERM, without waiting. */
  void terminate() {
    process.destroy();
  }

  /** Waits until it ends by itself. Returns its exit code. */
  int exitCode() throws IOException, InterruptedException {
    return exitCode(LONGEST);
  }

  /** The same, within a bound. */
  int exitCode(Duration bound) throws IOException, InterruptedException {
    if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("it still runs after " + bound + ": " + lines());
    }
    return process.exitValue();
  }

  /** What it has printed until now. */
  List<String> lines() throws IOException {
    return Files.readAllLines(printed);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
