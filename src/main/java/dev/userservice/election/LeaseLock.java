package dev.userservice.election;

import dev.userservice.election.Renewal.Outcome;
import dev.userservice.time.Ticker;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The lock is a Lease of the Kubernetes API, taken and renewed by compare-and-set of its resource
 * version (as client-go does, whose rules on time these are). Its epoch comes from a majority of
 * the shards' primaries, so that it grows even if the Lease is deleted or restored from a backup.
 */
final class LeaseLock implements ElectionLock {

  private final LeaseStore store;
  private final Voters voters;
  private final String self;
  private final ElectionTiming timing;
  private final Ticker ticker;
  private final Supplier<Instant> wallClock;
  private final Observed<LeaseRecord> lease = new Observed<>();

  /**
   * A lock that nobody has looked at.
   *
   * @param wallClock for what is shown to people only
   */
  LeaseLock(
      LeaseStore store,
      Voters voters,
      String self,
      ElectionTiming timing,
      Ticker ticker,
      Supplier<Instant> wallClock) {
    this.store = store;
    this.voters = voters;
    this.self = self;
    this.timing = timing;
    this.ticker = ticker;
    this.wallClock = wallClock;
  }

  @Override
  public LockKind kind() {
    return LockKind.KUBERNETES;
  }

  @Override
  public CompletionStage<LockState> observe() {
    return store.read().thenApply(this::saw);
  }

  @Override
  public CompletionStage<OptionalLong> acquire() {
    return store
        .write(seen().takenBy(self, timing.lease().toMillis(), wallClock.get()))
        .thenCompose(
            written -> {
              if (written.isEmpty()) {
                return CompletableFuture.completedFuture(OptionalLong.empty());
              }
              saw(written.get());
              return withEpoch();
            });
  }

  @Override
  public CompletionStage<Renewal> renew(long epoch) {
    return store
        .write(seen())
        .thenCompose(
            written ->
                written.isPresent()
                    ? CompletableFuture.completedFuture(written)
                    : store.read().thenCompose(found -> renewOther(found)))
        .thenApply(
            written -> {
              written.ifPresent(this::saw);
              return new Renewal(
                  written.isPresent() ? Outcome.RENEWED : Outcome.LOST,
                  Math.max(epoch, seen().epoch()));
            });
  }

  @Override
  public CompletionStage<Long> release(long epoch) {
    if (!self.equals(seen().holder())) {
      return CompletableFuture.completedFuture(Math.max(epoch, seen().epoch()));
    }
    return store
        .write(seen().released())
        .thenCompose(
            written ->
                written.isPresent()
                    ? CompletableFuture.completedFuture(written.get())
                    : store.read())
        .thenApply(
            now -> {
              saw(now);
              return Math.max(epoch, now.epoch());
            });
  }

  @Override
  public long observeNanos() {
    return timing.retryNanos();
  }

  @Override
  public void onChange(Runnable hint) {
    store.onChange(hint);
  }

  private CompletionStage<OptionalLong> withEpoch() {
    return voters.observe().thenCompose(observed -> claimed(nextEpoch()));
  }

  private long nextEpoch() {
    return Math.max(voters.promised(), seen().epoch()) + 1;
  }

  private CompletionStage<OptionalLong> claimed(long epoch) {
    Claim claim = new Claim(epoch, self, timing.lease().toMillis());
    return voters
        .claim(claim, false)
        .thenCompose(
            granted ->
                granted
                    ? store.write(seen().withEpoch(epoch))
                    : CompletableFuture.completedFuture(Optional.<LeaseRecord>empty()))
        .thenCompose(
            written -> {
              if (written.isPresent()) {
                saw(written.get());
                return CompletableFuture.completedFuture(OptionalLong.of(epoch));
              }
              return voters
                  .release(claim)
                  .thenCompose(votes -> release(epoch))
                  .thenApply(released -> OptionalLong.empty());
            });
  }

  // Somebody has touched the Lease, or removed it: it is still ours if it says so or nobody's name.
  private CompletionStage<Optional<LeaseRecord>> renewOther(LeaseRecord found) {
    LeaseRecord mine = seen();
    saw(found);
    if (found.version() == null) {
      return store.write(
          new LeaseRecord(
              null, self, mine.leaseMillis(), mine.epoch(), mine.transitions(), mine.acquiredAt()));
    }
    return self.equals(found.holder())
        ? store.write(found)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private LeaseRecord seen() {
    return Objects.requireNonNull(lease.value(), "observed before");
  }

  private LockState saw(LeaseRecord found) {
    lease.see(found, ticker.nanos());
    boolean free = found.holder() == null || found.holder().equals(self);
    long freeAt =
        lease.changedAtNanos() + (free ? 0 : TimeUnit.MILLISECONDS.toNanos(found.leaseMillis()));
    String holder = freeAt <= ticker.nanos() ? null : found.holder();
    return new LockState(holder, found.epoch(), found.acquiredAt(), freeAt);
  }
}
