package dev.userservice.election.lock;

/** The one thread, or its like, on which an elector does everything that changes its state. */
public interface ElectionLoop {

  /** Runs the work soon, after what was given before. */
  void execute(Runnable work);

  /** Runs the work when so many nanoseconds have passed, never before. */
  void after(long nanos, Runnable work);
}
