package dev.userservice.embedded.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's unpacked programs, ready to be run. */
public record PostgresPrograms(Path home, Launcher launcher) {

  ProcessBuilder server(String... arguments) {
    return launcher.server(command("postgres", arguments));
  }

  /** Runs a program to its end and returns what it said. */
  public String run(String program, String... arguments) throws IOException {
    return feed("", program, arguments);
  }

  /** Runs a program with something to read. */
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

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
