package dev.userservice.election.lock;

import dev.userservice.time.Ticker;
import java.util.random.RandomGenerator;

/**
 * How an election measures time: its durations, this machine's elapsed time, the loop on which work
 * runs later, and random numbers that spread the work of several processes.
 *
 * <p>Belongs to the election's loop, since random generators are not thread-safe.
 */
public record ElectionClock(
    ElectionTiming timing, Ticker ticker, ElectionLoop loop, RandomGenerator random) {

  /** Elapsed time in nanoseconds; only differences mean anything. */
  public long now() {
    return ticker.nanos();
  }

  /** Runs the work on the loop when the given time has passed. */
  public void after(long nanos, Runnable work) {
    loop.after(nanos, work);
  }

  /** A random duration of the given length, a tenth shorter or longer at most. */
  public long around(long nanos) {
    return (long) (nanos * (0.9 + 0.2 * random.nextDouble()));
  }
}
