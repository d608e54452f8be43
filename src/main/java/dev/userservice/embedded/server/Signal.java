package dev.userservice.embedded.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The signals that are sent to servers. Section 18.5 of the PostgreSQL manual says what the first
 * four mean to a postmaster.
 */
public enum Signal {
  /** Reload the configuration. */
  HUP,
  /** Fast shutdown. */
  INT,
  /** Immediate shutdown. */
  QUIT,
  /** Kill. */
  KILL,
  /** Pause. */
  STOP,
  /** Continue. */
  CONT;

  /** Sends the signal to all; processes that do not exist any more are ignored. */
  public void send(Collection<Long> pids) throws IOException {
    if (pids.isEmpty()) {
      return;
    }
    // By the shell's own command, since small systems have no program "kill".
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
