package dev.userservice.start;

/**
 * Interrupts the thread that starts the process when the process is told to end: a start may wait
 * for a primary longer than whoever sent the signal waits for the process. Closed when the start is
 * over.
 */
final class StopDuringStart {

  private final Thread hook;

  /** Begins to listen, on behalf of the thread that calls. */
  StopDuringStart() {
    Thread starting = Thread.currentThread();
    hook = new Thread(starting::interrupt, "stop-during-start");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      starting.interrupt();
    }
  }

  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The start has been interrupted, which is all that it was for.
    }
  }
}
