package dev.userservice.election;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.ElectionLoop;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.preference.CandidateOrder;
import org.jspecify.annotations.Nullable;

/**
 * Observes the lock for a process that does not lead, and says when that process may try to take
 * it: when the lock has been free, or unchanged for its lease, and the wait for preferred
 * candidates is over. Belongs to the election's loop.
 */
final class LockWatch {

  /** The process for which the lock is watched. */
  interface Follower {

    /** Whether the process still waits for the lock. While it does not, nothing is observed. */
    boolean waits();

    /** The lock shows this. */
    void observed(LockState state);

    /** The process may try to take the lock now. */
    void lockIsFree();
  }

  private final ElectionLock lock;
  private final CandidateOrder order;
  private final ElectionClock clock;
  private final Follower follower;
  private @Nullable String lastHolder;
  private long lastEpoch = -1;
  private long scheduled;
  private boolean observing;
  private boolean hinted;
  private boolean resting;

  LockWatch(ElectionLock lock, CandidateOrder order, ElectionClock clock, Follower follower) {
    this.lock = lock;
    this.order = order;
    this.clock = clock;
    this.follower = follower;
  }

  /** Begins to observe. Called once. */
  void start() {
    lock.onChange(() -> clock.loop().execute(this::hint));
    observeIn(clock.timing().callNanos());
  }

  /** Observes at once if no observation has succeeded yet. */
  void observeIfNothingIsKnown() {
    if (lastEpoch < 0) {
      observeIn(0);
    }
  }

  /**
   * Ignores the lock's hints for a time, then observes. A lock that this process itself has
   * released is to be taken by another one.
   */
  void restFor(long nanos) {
    resting = true;
    clock.after(nanos, () -> resting = false);
    observeIn(nanos);
  }

  /** This process was granted an epoch. */
  void granted(long epoch) {
    lastEpoch = epoch;
  }

  private void hint() {
    hinted = observing;
    if (!observing && !resting && follower.waits()) {
      observeIn(0);
    }
  }

  /** Replaces the observation that was scheduled before. */
  private void observeIn(long nanos) {
    long own = ++scheduled;
    clock.after(
        nanos,
        () -> {
          if (own == scheduled && !observing && follower.waits()) {
            observe();
          }
        });
  }

  private void observe() {
    observing = true;
    hinted = false;
    lock.observe()
        .whenComplete(
            (state, failure) -> {
              observing = false;
              observeIn(clock.around(clock.timing().retryNanos()));
              if (follower.waits() && failure == null) {
                ElectionLoop.runLogged(() -> observed(state));
              }
            });
  }

  private void observed(LockState state) {
    if (state.epoch() != lastEpoch) {
      lastEpoch = state.epoch();
      order.draw();
    }
    if (state.holder() != null) {
      lastHolder = state.holder();
    }
    follower.observed(state);
    long now = clock.now();
    long due =
        state.freeAtNanos() == LockState.NEVER
            ? LockState.NEVER
            : state.freeAtNanos() + order.delayNanos(lastHolder);
    if (due <= now) {
      follower.lockIsFree();
    } else {
      observeIn(hinted ? 0 : Math.min(clock.around(lock.observeNanos()), due - now));
    }
  }
}
