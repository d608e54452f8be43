package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One candidate's failures in a row and its ejections. Lock-free.
 *
 * <p>An ejection ends by time. The failures are then still counted, so that the first call that
 * fails again ejects again, for longer, and the first that succeeds clears the count: a circuit
 * breaker's half-open state, without a state of its own.
 */
final class FailureRecord {

  private final EjectionSettings settings;
  private final SlowStart slowStart;
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private final AtomicLong ejections = new AtomicLong();
  private volatile boolean everEjected;
  private volatile long ejectedUntil;
  // Written by the one thread that the group lets eject at a time.
  private volatile int ejectionsInARow;

  FailureRecord(EjectionSettings settings, SlowStart slowStart) {
    this.settings = settings;
    this.slowStart = slowStart;
  }

  void succeeded() {
    // Reading is cheaper than writing, and nearly always enough.
    if (failuresInARow.get() != 0) {
      failuresInARow.set(0);
    }
  }

  /** Counts a failure; answers whether the candidate is now to be ejected, if its group allows. */
  boolean failed(long nowNanos) {
    int failures = failuresInARow.incrementAndGet();
    return failures >= settings.consecutiveFailures() && !ejected(nowNanos);
  }

  boolean ejected(long nowNanos) {
    return everEjected && ejectedUntil - nowNanos > 0;
  }

  /** The end of the present ejection, or the given time when there is none. */
  long readmittedAt(long nowNanos) {
    return ejected(nowNanos) ? ejectedUntil : nowNanos;
  }

  long ejections() {
    return ejections.get();
  }

  /** Only the group calls this, from one thread at a time. */
  void eject(long nowNanos) {
    int inARow = relapsed(nowNanos) ? ejectionsInARow + 1 : 1;
    ejectionsInARow = inARow;
    ejectedUntil = nowNanos + durationNanos(inARow);
    everEjected = true;
    slowStart.begin(ejectedUntil);
    ejections.incrementAndGet();
  }

  /** Whether it was not back for as long as it had been away. */
  private boolean relapsed(long nowNanos) {
    return everEjected && nowNanos - ejectedUntil <= durationNanos(ejectionsInARow);
  }

  private long durationNanos(int inARow) {
    return Math.min(settings.longestNanos(), settings.baseNanos() * inARow);
  }
}
