package dev.userservice.election.vote;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.LockKind;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.Renewal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The lock is the vote of a majority of the shards' primaries. A candidate claims votes only after
 * it has seen a majority of them free (Raft's pre-vote, Ongaro's thesis, section 9.6), so that it
 * does not disturb a leader that others still reach. It releases votes that are no majority.
 */
public final class QuorumLock implements ElectionLock {

  private static final long OBSERVE_NANOS = Duration.ofMillis(250).toNanos();

  private final Voters voters;
  private final String self;
  private final ElectionClock clock;

  public QuorumLock(Voters voters, String self, ElectionClock clock) {
    this.voters = voters;
    this.self = self;
    this.clock = clock;
  }

  @Override
  public LockKind kind() {
    return LockKind.QUORUM;
  }

  @Override
  public CompletionStage<LockState> observe() {
    return voters.observe().thenApply(done -> state());
  }

  @Override
  public CompletionStage<OptionalLong> acquire() {
    Claim claim = claim(voters.promised() + 1);
    return voters
        .claim(claim, true)
        .thenCompose(
            elected ->
                elected
                    ? CompletableFuture.completedFuture(OptionalLong.of(claim.epoch()))
                    : voters.release(claim).thenApply(released -> OptionalLong.empty()));
  }

  @Override
  public CompletionStage<Renewal> renew(long epoch) {
    return voters.renew(claim(epoch));
  }

  @Override
  public CompletionStage<Long> release(long epoch) {
    return voters.release(claim(epoch));
  }

  @Override
  public long observeNanos() {
    return Math.min(clock.timing().retryNanos() / 4, OBSERVE_NANOS);
  }

  @Override
  public void onChange(Runnable hint) {
    // Votes are observed often enough.
  }

  private LockState state() {
    Optional<Ballot> leading = voters.leading(clock.now());
    return new LockState(
        leading.map(Ballot::holder).orElse(null),
        leading.map(Ballot::promised).orElseGet(voters::promised),
        leading.map(Ballot::grantedAt).orElse(null),
        voters.freeAtNanos(self));
  }

  private Claim claim(long epoch) {
    return new Claim(epoch, self, clock.timing().lease().toMillis());
  }
}
