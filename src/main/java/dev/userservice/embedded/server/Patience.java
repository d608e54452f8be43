package dev.userservice.embedded.server;

import dev.userservice.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for things that can only be looked at, until they happen, time is up, or it is called off.
 */
public final class Patience {

  private static final long POLL_MILLIS = 10;

  private final Ticker ticker;
  private final CountDownLatch calledOff = new CountDownLatch(1);

  public Patience(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The time it waits by. */
  public Ticker ticker() {
    return ticker;
  }

  /** Whether the condition came true in time. */
  public boolean await(Duration bound, Condition condition) {
    long start = ticker.nanos();
    while (!condition.holds()) {
      if (ticker.nanos() - start > bound.toNanos()) {
        return false;
      }
      pause();
    }
    return true;
  }

  public void callOff() {
    calledOff.countDown();
  }

  public void checkNotCalledOff() {
    if (calledOff.getCount() == 0) {
      throw new EmbeddedClusterException("the embedded cluster is being stopped");
    }
  }

  private void pause() {
    try {
      var unused = calledOff.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      checkNotCalledOff();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedClusterException("interrupted", interrupted);
    }
  }

  /** Something that may come true. */
  @FunctionalInterface
  public interface Condition {
    boolean holds();
  }
}
