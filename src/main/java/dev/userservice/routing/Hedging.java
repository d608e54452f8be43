package dev.userservice.routing;

import org.jspecify.annotations.Nullable;

/** Whether, and after how long, a second server is asked. Thread-safe, allocates nothing. */
final class Hedging {

  static final long NEVER = -1;

  private final HedgeBudget budget;
  private final @Nullable HedgeDelay delay;

  Hedging(RoutingConfig.Hedging config, long nowNanos) {
    this.budget = new HedgeBudget(config.budget());
    this.delay = config.enabled() ? new HedgeDelay(config, nowNanos) : null;
  }

  /** A point read is sent: how long to wait before a second server is asked, or {@link #NEVER}. */
  long delayNanos(long nowNanos) {
    if (delay == null) {
      return NEVER;
    }
    budget.read();
    return Math.max(NEVER, delay.nanos(nowNanos));
  }

  boolean tryHedge() {
    return budget.tryHedge();
  }

  void answered(long nowNanos, long latencyNanos) {
    if (delay != null) {
      delay.record(nowNanos, latencyNanos);
    }
  }
}
