package dev.userservice.election;

import dev.userservice.election.lease.LeaseLock;
import dev.userservice.election.lease.SimulatedLease;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.LockKind;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.Renewal;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A deliberately wrong lock: it uses the wall-clock time that the holder has written, as the
 * elector of fabric8's client does (kubernetes-client issue 7350).
 */
final class WallClockLock implements ElectionLock {

  private final LeaseLock lock;
  private final SimulatedLease lease;
  private final SimulatedProcess process;
  private final ElectionTiming timing;

  WallClockLock(
      LeaseLock lock, SimulatedLease lease, SimulatedProcess process, ElectionTiming timing) {
    this.lock = lock;
    this.lease = lease;
    this.process = process;
    this.timing = timing;
  }

  @Override
  public LockKind kind() {
    return lock.kind();
  }

  @Override
  public CompletionStage<LockState> observe() {
    return lock.observe()
        .thenApply(
            state -> {
              long left =
                  state.holder() == null
                      ? 0
                      : Duration.between(process.wallClock(), lease.renewedAt()).toNanos()
                          + timing.leaseNanos();
              long freeAt = process.ticker().nanos() + Math.max(0, left);
              return new LockState(state.holder(), state.epoch(), state.since(), freeAt);
            });
  }

  @Override
  public CompletionStage<OptionalLong> acquire() {
    return lock.acquire();
  }

  @Override
  public CompletionStage<Renewal> renew(long epoch) {
    return lock.renew(epoch);
  }

  @Override
  public CompletionStage<Long> release(long epoch) {
    return lock.release(epoch);
  }

  @Override
  public long observeNanos() {
    return lock.observeNanos();
  }

  @Override
  public void onChange(Runnable hint) {
    lock.onChange(hint);
  }
}
