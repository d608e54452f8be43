package dev.userservice.routing.hedge;

import org.jspecify.annotations.Nullable;

/** Decides whether and when a second server is asked. Thread-safe, allocates nothing. */
public final class Hedging {

  /** The delay of a read that is not hedged. */
  public static final long NEVER = -1;

  private final HedgeBudget budget;
  private final @Nullable HedgeDelay delay;

  public Hedging(HedgeSettings settings, long nowNanos) {
    this.budget = new HedgeBudget(settings.budget());
    this.delay = settings.enabled() ? new HedgeDelay(settings, nowNanos) : null;
  }

  /** A point read is sent: the time after which it may be hedged, or {@link #NEVER}. */
  public long delayNanos(long nowNanos) {
    if (delay == null) {
      return NEVER;
    }
    budget.read();
    return Math.max(NEVER, delay.nanos(nowNanos));
  }

  /** Whether the budget allows a hedge now; takes it from the budget. */
  public boolean tryHedge() {
    return budget.tryHedge();
  }

  /** A point read was answered by its first or its second server. */
  public void answered(long nowNanos, long latencyNanos) {
    if (delay != null) {
      delay.record(nowNanos, latencyNanos);
    }
  }
}
