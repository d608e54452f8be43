package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls in flight to one candidate, and how long none of them was answered. Lock-free. The
 * counter and the times are written one after the other, so another thread may read a silence that
 * is a few nanoseconds too short, but never one that is too long.
 */
final class Flight {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong progressAt;
  private final AtomicLong lastSentAt;

  Flight(long nowNanos) {
    progressAt = new AtomicLong(nowNanos);
    lastSentAt = new AtomicLong(nowNanos);
  }

  void sent(long nowNanos) {
    // Written before the counter, so that the time without calls never counts as silence.
    if (inFlight.get() <= 0) {
      progressAt.setRelease(nowNanos);
    }
    lastSentAt.setRelease(nowNanos);
    inFlight.getAndIncrement();
  }

  void answered(long nowNanos) {
    progressAt.setRelease(nowNanos);
    inFlight.getAndDecrement();
  }

  /** A call ended without an answer, which does not show that the server is alive. */
  void givenUp() {
    inFlight.getAndDecrement();
  }

  int count() {
    return Math.max(0, inFlight.get());
  }

  /** How long calls have been in flight without any answer; 0 when none is in flight. */
  long silenceNanos(long nowNanos) {
    return inFlight.get() > 0 ? Math.max(0, nowNanos - progressAt.get()) : 0;
  }

  /** How long nothing was sent. */
  long idleNanos(long nowNanos) {
    return Math.max(0, nowNanos - lastSentAt.get());
  }
}
