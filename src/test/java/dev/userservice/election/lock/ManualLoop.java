package dev.userservice.election.lock;

import dev.userservice.time.Ticker;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** A loop and its clock, whose time a test advances. */
public final class ManualLoop implements ElectionLoop, Ticker {

  private final PriorityQueue<Scheduled> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::number));
  private long now = 1_000_000_000_000L;
  private long scheduled;

  private record Scheduled(long at, long number, Runnable work) {}

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void execute(Runnable work) {
    after(0, work);
  }

  @Override
  public void after(long nanos, Runnable work) {
    queue.add(new Scheduled(now + nanos, scheduled++, work));
  }

  /** Runs all work that is due in the next so many nanoseconds, in order. */
  public void advance(long nanos) {
    long end = now + nanos;
    for (Scheduled next = queue.peek(); next != null && next.at() <= end; next = queue.peek()) {
      queue.remove();
      now = next.at();
      next.work().run();
    }
    now = end;
  }

  /** A clock that this loop drives. */
  public ElectionClock clock(ElectionTiming timing, long seed) {
    return new ElectionClock(timing, this, this, new SplittableRandom(seed));
  }
}
