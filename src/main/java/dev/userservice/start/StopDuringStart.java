package dev.userservice.start;

import java.util.concurrent.CountDownLatch;

/**
 * Interrupts the thread that starts the process when the process is told to end: a start may wait
 * for a primary longer than whoever sent the signal waits for the process. Closed when the start is
 * over.
 */
final class StopDuringStart {

  static final String MESSAGE = "Told to end before the start was over";

  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Thread hook;

  /** Begins to listen, on behalf of the thread that calls. */
  StopDuringStart() {
    Thread starting = Thread.currentThread();
    hook =
        new Thread(
            () -> {
              starting.interrupt();
              interrupted.countDown();
            },
            "stop-during-start");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      hook.start();
    }
  }

  /** Whether the process ends already. */
  static boolean isEnding() {
    Thread nothing = new Thread(() -> {}, "is-ending");
    try {
      Runtime.getRuntime().addShutdownHook(nothing);
      Runtime.getRuntime().removeShutdownHook(nothing);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  /**
   * Listens no longer.
   *
   * @return whether the process was told to end; no interrupt is left then
   */
  boolean close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException ending) {
      awaitInterrupt();
      return true;
    }
  }

  /** From the moment on when hooks cannot be removed until this one has run, some time passes. */
  private void awaitInterrupt() {
    boolean over = false;
    while (!over) {
      try {
        interrupted.await();
        over = true;
      } catch (InterruptedException expected) {
        over = interrupted.getCount() == 0;
      }
    }
    Thread.interrupted();
  }
}
