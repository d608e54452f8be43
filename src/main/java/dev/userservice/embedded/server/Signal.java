package dev.userservice.embedded.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The signals we send; what the first four mean to a postmaster is in chapter 18.5 of the manual.
 */
public enum Signal {
  /** Reload the configuration. */
  HUP,
  /** Fast shutdown. */
  INT,
  /** Immediate shutdown. */
  QUIT,
  /** End at once. */
  KILL,
  /** Pause. */
  STOP,
  /** Go on. */
  CONT;

  /** Sends to all; processes that are gone are no error. */
  public void send(Collection<Long> pids) throws IOException {
    if (pids.isEmpty()) {
      return;
    }
    // The shell's own kill: small systems lack the program.
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "kill -" + name() + " \"$@\"", "sh"));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.onExit().join();
  }
}
