package dev.userservice.embedded.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's unpacked programs. */
public final class PostgresPrograms {

  private final Path home;
  private final Launcher launcher;

  private PostgresPrograms(Path home, Launcher launcher) {
    this.home = home;
    this.launcher = launcher;
  }

  /**
   * Unpacks the programs for this machine below a directory, unless that was done before.
   *
   * @throws EmbeddedClusterException if there are none for this machine, or they cannot run here
   */
  public static PostgresPrograms unpackBelow(Path directory) throws IOException {
    Platform platform = Platform.current();
    Path home = PostgresArchive.of(platform).unpackBelow(directory);
    return new PostgresPrograms(home, Launcher.of(platform));
  }

  /** The directory of the programs. */
  public Path home() {
    return home;
  }

  ProcessBuilder server(String... arguments) {
    return launcher.server(command("postgres", arguments));
  }

  /** Runs a program until it ends and returns its output. */
  public String run(String program, String... arguments) throws IOException {
    return feed("", program, arguments);
  }

  /** The same with standard input. */
  public String feed(String input, String program, String... arguments) throws IOException {
    Process process = launcher.program(command(program, arguments)).start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    }
    try (InputStream stdout = process.getInputStream()) {
      String output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(program + " failed: " + LogExcerpt.reason(output));
      }
      return output;
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(program + " was interrupted", interrupted);
    }
  }

  /** The major version, as in {@code PG_VERSION}. */
  public String majorVersion() throws IOException {
    String version = run("postgres", "--version").strip();
    return version.substring(version.lastIndexOf(' ') + 1).replaceAll("\\..*", "");
  }

  /** Whether a signal from the terminal does not reach the servers. */
  boolean detachesServers() {
    return launcher.detaches();
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
