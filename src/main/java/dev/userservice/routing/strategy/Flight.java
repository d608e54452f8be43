package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls on their way to one candidate, and how long it has kept them waiting. Lock-free. The
 * counter and the times are written one after the other, so another thread may see a silence that
 * is a few nanoseconds off; it never sees one that lasts longer than it did.
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
    // Before the counter: who sees the call in flight must not see the silence before it.
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

  /** A call ended that says nothing of the server's being awake, such as one given up. */
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
