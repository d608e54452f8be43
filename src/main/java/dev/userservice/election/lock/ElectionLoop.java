package dev.userservice.election.lock;

import org.jboss.logging.Logger;

/** Runs all work that changes the state of an election, one piece after the other. */
public interface ElectionLoop {

  /** Runs the work soon, after the work that was given before. */
  void execute(Runnable work);

  /** Runs the work when so many nanoseconds have passed, never before. */
  void after(long nanos, Runnable work);

  /**
   * Runs the work now and logs what it throws. A completion stage would keep the exception to
   * itself, and a later step would not run.
   */
  static void runLogged(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException defect) {
      Logger.getLogger(ElectionLoop.class).error("The election continues after an error", defect);
    }
  }
}
