package dev.userservice.embedded.server;

import dev.userservice.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for conditions that nothing announces: checks each every 10 ms until it holds, the time is
 * over, or all waits are cancelled because the cluster stops. Thread-safe.
 */
public final class Polling {

  private static final long PERIOD_MILLIS = 10;

  private final Ticker ticker;
  private final CountDownLatch cancelled = new CountDownLatch(1);

  public Polling(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The clock that the waits are measured by. */
  public Ticker ticker() {
    return ticker;
  }

  /**
   * Waits; returns whether the condition came true in time.
   *
   * @throws EmbeddedClusterException if the waits are cancelled
   */
  public <E extends Exception> boolean await(Duration bound, Condition<E> condition) throws E {
    long start = ticker.nanos();
    while (!condition.holds()) {
      if (ticker.nanos() - start > bound.toNanos()) {
        return false;
      }
      pause();
    }
    return true;
  }

  /** Ends all present and later waits. */
  public void cancel() {
    cancelled.countDown();
  }

  /**
   * Returns normally unless the waits are cancelled.
   *
   * @throws EmbeddedClusterException if they are
   */
  public void checkNotCancelled() {
    if (cancelled.getCount() == 0) {
      throw new EmbeddedClusterException("the embedded cluster is being stopped");
    }
  }

  private void pause() {
    try {
      var unused = cancelled.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      checkNotCancelled();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedClusterException("interrupted", interrupted);
    }
  }

  /** A condition that may become true. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {

    /** Whether it holds now. */
    boolean holds() throws E;
  }
}
