package dev.userservice.election;

import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.LockKind;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.Renewal;
import dev.userservice.election.lock.Renewal.Outcome;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A lock that answers at once what a test has set. */
final class ScriptedLock implements ElectionLock {

  LockState state = new LockState(null, 0, null, 0);
  Outcome outcome = Outcome.RENEWED;
  long newestEpoch = 1;
  boolean failing;
  long observeNanos = 200_000_000L;
  int observations;
  int renewals;
  private Runnable listener = () -> {};

  void hint() {
    listener.run();
  }

  @Override
  public LockKind kind() {
    return LockKind.QUORUM;
  }

  @Override
  public CompletionStage<LockState> observe() {
    observations++;
    return answer(state);
  }

  @Override
  public CompletionStage<OptionalLong> acquire() {
    return answer(OptionalLong.empty());
  }

  @Override
  public CompletionStage<Renewal> renew(long epoch) {
    renewals++;
    return answer(new Renewal(outcome, newestEpoch));
  }

  @Override
  public CompletionStage<Long> release(long epoch) {
    return answer(newestEpoch);
  }

  @Override
  public long observeNanos() {
    return observeNanos;
  }

  @Override
  public void onChange(Runnable hint) {
    listener = hint;
  }

  private <T> CompletionStage<T> answer(T value) {
    return failing
        ? CompletableFuture.failedFuture(new IllegalStateException("unreachable"))
        : CompletableFuture.completedFuture(value);
  }
}
