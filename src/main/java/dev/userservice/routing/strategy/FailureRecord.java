package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The consecutive failures and the ejections of one candidate. Lock-free.
 *
 * <p>An ejection ends when its time is over. The count of failures is kept, so that the next
 * failure ejects the candidate again, for longer, and the next success clears the count. This is
 * the half-open state of a circuit breaker without a separate state.
 */
final class FailureRecord {

  private final EjectionSettings settings;
  private final SlowStart slowStart;
  private final AtomicInteger consecutiveFailures = new AtomicInteger();
  private final AtomicLong ejections = new AtomicLong();
  private volatile boolean everEjected;
  private volatile long ejectedUntil;
  // The group lets one thread eject at a time, so there is one writer.
  private volatile int consecutiveEjections;

  FailureRecord(EjectionSettings settings, SlowStart slowStart) {
    this.settings = settings;
    this.slowStart = slowStart;
  }

  void succeeded() {
    // A read is cheaper than a write, and the count is nearly always 0.
    if (consecutiveFailures.get() != 0) {
      consecutiveFailures.set(0);
    }
  }

  /** Counts a failure; true if the candidate should be ejected, which its group decides. */
  boolean failed(long nowNanos) {
    int failures = consecutiveFailures.incrementAndGet();
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

  /** Called by the group alone, by one thread at a time. */
  void eject(long nowNanos) {
    int consecutive = relapsed(nowNanos) ? consecutiveEjections + 1 : 1;
    consecutiveEjections = consecutive;
    ejectedUntil = nowNanos + durationNanos(consecutive);
    everEjected = true;
    slowStart.begin(ejectedUntil);
    ejections.incrementAndGet();
  }

  /** Whether the time since the last ejection is at most as long as that ejection was. */
  private boolean relapsed(long nowNanos) {
    return everEjected && nowNanos - ejectedUntil <= durationNanos(consecutiveEjections);
  }

  private long durationNanos(int consecutive) {
    return Math.min(settings.longestNanos(), settings.baseNanos() * consecutive);
  }
}
