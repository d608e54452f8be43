package dev.userservice.election;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.ElectionLoop;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.preference.Roster;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.leader.Term;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one process in the election. A process is a follower, then a candidate when
 * {@link LockWatch} says that the lock is free, then the leader when the lock confirms that, for as
 * long as {@link LeaseRenewal} renews it.
 *
 * <p>Runs on the election's loop, except {@link #refused} and {@link #stop}, which any thread may
 * call.
 */
final class Elector {

  /** The role of a process in the election. */
  enum State {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  private final ElectionLock lock;
  private final Roster roster;
  private final ElectionClock clock;
  private final List<ElectionListener> listeners;
  private final LockWatch watch;
  private final Set<String> yieldedTo = new HashSet<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile State state = State.FOLLOWER;
  private @Nullable LeaseRenewal leading;
  private CompletionStage<?> campaign = CompletableFuture.completedFuture(null);
  private boolean stopping;

  Elector(
      ElectionLock lock,
      Roster roster,
      ElectionClock clock,
      List<? extends ElectionListener> listeners) {
    this.lock = lock;
    this.roster = roster;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    this.watch = new LockWatch(lock, roster.order(), clock, new FollowerEvents());
  }

  /** Enters the election. Called once. */
  void start() {
    clock
        .loop()
        .execute(
            () -> {
              watch.start();
              beat();
            });
  }

  State state() {
    return state;
  }

  /** Leaves the election; completes when the lock is released, or the release has failed. */
  CompletionStage<Void> stop() {
    clock.loop().execute(this::leave);
    return stopped;
  }

  /** A database has refused a statement of this term, since another process leads. */
  void refused(Term by, String why) {
    clock.loop().execute(() -> giveUp(by, why));
  }

  private void leave() {
    if (stopping) {
      return;
    }
    stopping = true;
    CompletionStage<?> released = leading == null ? campaign : end(leading, "it stops");
    released
        .handle((newest, failure) -> roster.leave())
        .thenCompose(left -> left)
        .whenComplete((left, failure) -> stopped.complete(null));
  }

  private void beat() {
    if (stopping) {
      return;
    }
    clock.after(clock.around(clock.timing().retryNanos()), this::beat);
    roster.beat().whenComplete((done, failure) -> ElectionLoop.runLogged(this::beaten));
  }

  private void beaten() {
    LeaseRenewal current = leading;
    if (current == null) {
      watch.observeIfNothingIsKnown();
    } else {
      roster.newer().ifPresent(other -> yieldTo(other, current.term()));
    }
  }

  // Once for each candidate: one that cannot take the lock must not end every term.
  private void yieldTo(Candidacy other, Term term) {
    if (yieldedTo.add(other.identity())) {
      giveUp(term, other.identity() + " knows schema " + other.version().schema());
    }
  }

  private void campaign() {
    state = State.CANDIDATE;
    long validUntil = clock.now() + clock.timing().renewNanos();
    campaign =
        lock.acquire()
            .handle((epoch, failure) -> failure == null ? epoch : OptionalLong.empty())
            .thenCompose(epoch -> decided(epoch, validUntil));
  }

  private CompletionStage<?> decided(OptionalLong epoch, long validUntil) {
    state = State.FOLLOWER;
    if (epoch.isPresent() && !stopping && clock.now() < validUntil) {
      lead(new Term(epoch.getAsLong(), validUntil, clock.ticker()));
      return CompletableFuture.completedFuture(null);
    }
    double share = 0.25 + 0.75 * clock.random().nextDouble();
    watch.restFor((long) (clock.timing().retryNanos() * share));
    return epoch.isPresent()
        ? lock.release(epoch.getAsLong())
        : CompletableFuture.completedFuture(null);
  }

  private void lead(Term won) {
    state = State.LEADER;
    LeaseRenewal renewal = new LeaseRenewal(won, lock, clock, new LeaderEvents());
    leading = renewal;
    watch.granted(won.epoch());
    tell(each -> each.elected(won));
    renewal.start();
  }

  private void giveUp(Term term, String why) {
    LeaseRenewal current = leading;
    if (current != null && current.term() == term) {
      end(current, why);
      watch.restFor(clock.around(clock.timing().retryNanos()));
    }
  }

  private CompletionStage<Long> end(LeaseRenewal current, String why) {
    Term term = current.term();
    current.end();
    leading = null;
    state = State.FOLLOWER;
    tell(each -> each.deposed(term, why));
    return lock.release(term.epoch())
        .whenComplete(
            (newest, failure) -> {
              if (failure == null && newest > term.epoch()) {
                tell(each -> each.superseded(term, newest));
              }
            });
  }

  private void tell(Consumer<ElectionListener> event) {
    listeners.forEach(each -> ElectionLoop.runLogged(() -> event.accept(each)));
  }

  private final class FollowerEvents implements LockWatch.Follower {

    @Override
    public boolean waits() {
      return !stopping && state == State.FOLLOWER;
    }

    @Override
    public void observed(LockState seen) {
      tell(each -> each.observed(seen));
    }

    @Override
    public void lockIsFree() {
      campaign();
    }
  }

  private final class LeaderEvents implements LeaseRenewal.Leader {

    @Override
    public void renewed(long nanos) {
      tell(each -> each.renewed(nanos));
    }

    @Override
    public void lost(Term term, String why) {
      giveUp(term, why);
    }
  }
}
