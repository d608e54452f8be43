package dev.userservice.routing.hedge;

import org.jspecify.annotations.Nullable;

/** Whether, and after how long, a second server is asked. Thread-safe, allocates nothing. */
public final class Hedging {

  public static final long NEVER = -1;

  private final HedgeBudget budget;
  private final @Nullable HedgeDelay delay;

  public Hedging(HedgeSettings settings, long nowNanos) {
    this.budget = new HedgeBudget(settings.budget());
    this.delay = settings.enabled() ? new HedgeDelay(settings, nowNanos) : null;
  }

  /** A point read is sent: how long to wait before a second server is asked, or {@link #NEVER}. */
  public long delayNanos(long nowNanos) {
    if (delay == null) {
      return NEVER;
    }
    budget.read();
    return Math.max(NEVER, delay.nanos(nowNanos));
  }

  public boolean tryHedge() {
    return budget.tryHedge();
  }

  public void answered(long nowNanos, long latencyNanos) {
    if (delay != null) {
      delay.record(nowNanos, latencyNanos);
    }
  }
}
