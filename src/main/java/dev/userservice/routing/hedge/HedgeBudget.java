package dev.userservice.routing.hedge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits hedged reads to a share of all reads, so that hedging cannot double the load of a slow
 * shard. It is a token bucket: every read adds the share, every hedge takes one token (as Finagle's
 * retry budget). The bucket starts empty and holds at most ten tokens, so that hours with little
 * load do not allow a burst. Lock-free, allocates nothing.
 */
final class HedgeBudget {

  private static final long TOKEN = 1_000_000;
  private static final long FULL = 10 * TOKEN;

  private final long perRead;
  private final AtomicLong balance = new AtomicLong();

  /**
   * A budget.
   *
   * @param share hedges per read, 0 to 1
   */
  HedgeBudget(double share) {
    this.perRead = (long) (share * TOKEN);
  }

  /** A read was sent that is not a hedge: adds its share. */
  void read() {
    long before = balance.get();
    while (before < FULL) {
      if (balance.compareAndSet(before, Math.min(FULL, before + perRead))) {
        return;
      }
      before = balance.get();
    }
  }

  /** Takes a token if there is one; true if a hedge may be sent. */
  boolean tryHedge() {
    long before = balance.get();
    while (before >= TOKEN) {
      if (balance.compareAndSet(before, before - TOKEN)) {
        return true;
      }
      before = balance.get();
    }
    return false;
  }
}
