package dev.userservice.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Another Java process that runs a cluster, to be killed. */
final class ForeignProcess implements AutoCloseable {

  private final Process process;

  ForeignProcess(Path directory) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ForeignProcess.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /** Blocks until all servers are ready. */
  boolean awaitReady() throws IOException {
    try (var output = process.inputReader()) {
      return output.lines().anyMatch("ready"::equals);
    }
  }

  /** Sends SIGTERM and waits. */
  void terminate() {
    process.destroy();
    process.onExit().join();
  }

  /** Kills it without warning. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts one shard with one replica in the given directory and waits to be killed. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedCluster cluster =
        EmbeddedCluster.start(EmbeddedSettings.in(Path.of(arguments[0])).sized(1, 1));
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
