package dev.userservice.routing.hedge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps hedged reads to a share of all reads, so that a slow shard is not given twice the work just
 * then: a token bucket that every read fills by the share, and every hedge takes one from (as
 * Finagle's retry budget). It begins empty and holds few tokens, so that quiet hours do not save up
 * for a burst. Lock-free, allocates nothing.
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

  /** A read was sent that is not a hedge. */
  void read() {
    long before = balance.get();
    while (before < FULL) {
      if (balance.compareAndSet(before, Math.min(FULL, before + perRead))) {
        return;
      }
      before = balance.get();
    }
  }

  /** Whether a hedge may be sent now; if so, it is paid. */
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
