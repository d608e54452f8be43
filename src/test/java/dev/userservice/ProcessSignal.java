package dev.userservice;

import java.io.IOException;

/** Sends signals to processes that a test has started. */
public final class ProcessSignal {

  private ProcessSignal() {}

  /** Stops a process with SIGSTOP. */
  public static void pause(Process process) throws IOException, InterruptedException {
    send("STOP", process);
  }

  /** Lets a stopped process continue, with SIGCONT. */
  public static void resume(Process process) throws IOException, InterruptedException {
    send("CONT", process);
  }

  private static void send(String name, Process process) throws IOException, InterruptedException {
    // The shell's built-in kill, because some systems do not have the program.
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }
}
