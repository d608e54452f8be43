package dev.userservice;

import java.io.IOException;

/** Sends signals to processes that a test has started. */
public final class ProcessSignal {

  private ProcessSignal() {}

  /** Stops a process where it is. */
  public static void pause(Process process) throws IOException, InterruptedException {
    send("STOP", process);
  }

  /** Lets a stopped process go on. */
  public static void resume(Process process) throws IOException, InterruptedException {
    send("CONT", process);
  }

  private static void send(String name, Process process) throws IOException, InterruptedException {
    // The shell's own kill: small systems lack the program.
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }
}
