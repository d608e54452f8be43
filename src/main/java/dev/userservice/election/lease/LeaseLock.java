package dev.userservice.election.lease;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.LockKind;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.Observed;
import dev.userservice.election.lock.Renewal;
import dev.userservice.election.lock.Renewal.Outcome;
import dev.userservice.election.vote.Claim;
import dev.userservice.election.vote.Voters;
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
 * version, by the rules of client-go on time. The epoch comes from a majority of the shards'
 * primaries, so that it grows even if the Lease is deleted or restored from a backup.
 */
public final class LeaseLock implements ElectionLock {

  private final LeaseStore store;
  private final Voters voters;
  private final String self;
  private final ElectionClock clock;
  private final Supplier<Instant> wallClock;
  private final Observed<LeaseRecord> lease = new Observed<>();

  /**
   * A lock that was not observed yet.
   *
   * @param wallClock for display only
   */
  public LeaseLock(
      LeaseStore store,
      Voters voters,
      String self,
      ElectionClock clock,
      Supplier<Instant> wallClock) {
    this.store = store;
    this.voters = voters;
    this.self = self;
    this.clock = clock;
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
    return voters
        .observe()
        .thenCompose(
            observed ->
                // Without a majority of the databases there is no epoch, so the Lease is of no use.
                voters.freeAtNanos(self) == LockState.NEVER
                    ? CompletableFuture.completedFuture(OptionalLong.empty())
                    : takenFor(nextEpoch()));
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
    return released()
        .thenCompose(
            written ->
                written.isPresent()
                    ? CompletableFuture.completedFuture(written.get())
                    : releasedAsFound())
        .thenApply(now -> Math.max(epoch, now.epoch()));
  }

  @Override
  public long observeNanos() {
    return clock.timing().retryNanos();
  }

  @Override
  public void onChange(Runnable hint) {
    store.onChange(hint);
  }

  // The Lease has the new epoch from its first write, so that nobody reads its holder as the leader
  // of an older epoch.
  private CompletionStage<OptionalLong> takenFor(long epoch) {
    return store
        .write(
            seen()
                .takenBy(self, clock.timing().lease().toMillis(), wallClock.get())
                .withEpoch(epoch))
        .thenCompose(
            written -> {
              written.ifPresent(this::saw);
              return written.isPresent()
                  ? claimed(epoch)
                  : CompletableFuture.completedFuture(OptionalLong.empty());
            });
  }

  private CompletionStage<Optional<LeaseRecord>> released() {
    if (!self.equals(seen().holder())) {
      return CompletableFuture.completedFuture(Optional.of(seen()));
    }
    return store
        .write(seen().released())
        .thenApply(
            written -> {
              written.ifPresent(this::saw);
              return written;
            });
  }

  // The Lease has another version: another client changed it, or a renewal that failed had its
  // effect.
  private CompletionStage<LeaseRecord> releasedAsFound() {
    return store
        .read()
        .thenCompose(
            found -> {
              saw(found);
              return released();
            })
        .thenApply(written -> written.orElseGet(this::seen));
  }

  private long nextEpoch() {
    return Math.max(voters.promised(), seen().epoch()) + 1;
  }

  private CompletionStage<OptionalLong> claimed(long epoch) {
    Claim claim = new Claim(epoch, self, clock.timing().lease().toMillis());
    return voters
        .claim(claim, false)
        .thenCompose(
            granted ->
                // The write succeeds only if this process still holds the Lease.
                granted
                    ? store.write(seen())
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

  // Another client has changed or deleted the Lease. This process keeps it if the Lease names it or
  // does not exist. A Lease without a holder was taken away on purpose.
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
    lease.see(found, clock.now());
    boolean free = found.holder() == null || found.holder().equals(self);
    long freeAt =
        lease.changedAtNanos() + (free ? 0 : TimeUnit.MILLISECONDS.toNanos(found.leaseMillis()));
    String holder = freeAt <= clock.now() ? null : found.holder();
    return new LockState(holder, found.epoch(), found.acquiredAt(), freeAt);
  }
}
