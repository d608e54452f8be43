package dev.userservice.election;

import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.ElectionLoop;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.Renewal.Outcome;
import dev.userservice.election.preference.Roster;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.leader.Term;
import dev.userservice.time.Ticker;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands for leader for as long as the process lives: a follower looks at the lock, becomes a
 * candidate when the lock has been free, or unchanged for a whole lease, by this machine's own
 * clock, and the leader when the lock has confirmed that.
 *
 * <p>A leadership is believed in for the renew deadline, counted from before the last confirmed
 * renewal was sent: less than the lease that others count from when they saw it. Whatever a pause
 * makes of that, the epoch judges.
 *
 * <p>Everything happens on the election's loop, except {@link #refused} and {@link #stop}, which
 * may be called from anywhere.
 */
final class Elector {

  /** What a process is to the election. */
  enum State {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  private static final Logger LOG = Logger.getLogger(Elector.class);

  private final ElectionLock lock;
  private final Roster roster;
  private final ElectionTiming timing;
  private final ElectionLoop loop;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final List<ElectionListener> listeners;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile State state = State.FOLLOWER;
  private @Nullable Term term;
  private final Set<String> yieldedTo = new HashSet<>();
  private @Nullable String lastHolder;
  private long shownEpoch = -1;
  private long turn;
  private boolean looking;
  private boolean hinted;
  private boolean resting;
  private boolean stopping;
  private CompletionStage<?> campaign = CompletableFuture.completedFuture(null);

  Elector(
      ElectionLock lock,
      Roster roster,
      ElectionTiming timing,
      ElectionLoop loop,
      Ticker ticker,
      RandomGenerator random,
      List<? extends ElectionListener> listeners) {
    this.lock = lock;
    this.roster = roster;
    this.timing = timing;
    this.loop = loop;
    this.ticker = ticker;
    this.random = random;
    this.listeners = List.copyOf(listeners);
  }

  /** Begins to stand. Called once. */
  void start() {
    lock.onChange(() -> loop.execute(this::hinted));
    loop.execute(
        () -> {
          lookIn(timing.callNanos());
          beat();
        });
  }

  State state() {
    return state;
  }

  /** Gives up what it has; ends when the lock is released, or could not be. */
  CompletionStage<Void> stop() {
    loop.execute(
        () -> {
          if (stopping) {
            return;
          }
          stopping = true;
          CompletionStage<?> released = term == null ? campaign : end(term, "it stops");
          released
              .handle((newest, failure) -> roster.leave())
              .thenCompose(left -> left)
              .whenComplete((left, failure) -> stopped.complete(null));
        });
    return stopped;
  }

  /** A database has refused a statement of this term: somebody else leads. */
  void refused(Term by, String why) {
    loop.execute(() -> giveUp(by, why));
  }

  private void beat() {
    if (stopping) {
      return;
    }
    loop.after(around(timing.retryNanos()), this::beat);
    roster.beat().whenComplete((done, failure) -> guarded(this::beaten));
  }

  private void beaten() {
    Term leading = term;
    if (leading != null) {
      roster.newer().ifPresent(other -> yieldTo(other, leading));
    } else if (shownEpoch < 0) {
      lookIn(0);
    }
  }

  // Once only: one that cannot take the lock must not have it handed over for ever.
  private void yieldTo(Candidacy other, Term leading) {
    if (yieldedTo.add(other.identity())) {
      giveUp(leading, other.identity() + " knows schema " + other.version().schema());
    }
  }

  private void hinted() {
    hinted = looking;
    if (!looking && !resting && state == State.FOLLOWER) {
      lookIn(0);
    }
  }

  // What this process itself gives back is no hint to it: others come first.
  private void restFor(long nanos) {
    resting = true;
    loop.after(nanos, () -> resting = false);
    lookIn(nanos);
  }

  private void lookIn(long nanos) {
    long mine = ++turn;
    loop.after(
        nanos,
        () -> {
          if (mine == turn && !looking && !stopping && state == State.FOLLOWER) {
            look();
          }
        });
  }

  private void look() {
    looking = true;
    hinted = false;
    lock.observe()
        .whenComplete(
            (seen, failure) -> {
              looking = false;
              lookIn(around(timing.retryNanos()));
              if (!stopping && state == State.FOLLOWER && failure == null) {
                guarded(() -> looked(seen));
              }
            });
  }

  private void looked(LockState seen) {
    if (seen.epoch() != shownEpoch) {
      shownEpoch = seen.epoch();
      roster.order().draw();
    }
    if (seen.holder() != null) {
      lastHolder = seen.holder();
    }
    tell(each -> each.observed(seen));
    long now = ticker.nanos();
    long due =
        seen.freeAtNanos() == LockState.NEVER
            ? LockState.NEVER
            : seen.freeAtNanos() + roster.order().delayNanos(lastHolder);
    if (due <= now) {
      campaign();
    } else {
      lookIn(hinted ? 0 : Math.min(around(lock.observeNanos()), due - now));
    }
  }

  private void campaign() {
    state = State.CANDIDATE;
    long began = ticker.nanos();
    campaign =
        lock.acquire()
            .handle((epoch, failure) -> failure == null ? epoch : OptionalLong.empty())
            .thenCompose(epoch -> decided(epoch, began + timing.renewNanos()));
  }

  private CompletionStage<?> decided(OptionalLong epoch, long validUntil) {
    state = State.FOLLOWER;
    if (epoch.isPresent() && !stopping && ticker.nanos() < validUntil) {
      lead(new Term(epoch.getAsLong(), validUntil, ticker));
      return CompletableFuture.completedFuture(null);
    }
    restFor((long) (timing.retryNanos() * (0.25 + 0.75 * random.nextDouble())));
    return epoch.isPresent()
        ? lock.release(epoch.getAsLong())
        : CompletableFuture.completedFuture(null);
  }

  private void lead(Term won) {
    state = State.LEADER;
    term = won;
    shownEpoch = won.epoch();
    tell(each -> each.elected(won));
    expire(won);
    loop.after(around(timing.retryNanos()), () -> renew(won));
  }

  /** Gives up, without asking anybody, what could not be renewed in time. */
  private void expire(Term leading) {
    if (term != leading) {
      return;
    }
    long left = leading.validUntilNanos() - ticker.nanos();
    if (left <= 0) {
      giveUp(leading, "its lease could not be renewed in time");
    } else {
      loop.after(left, () -> expire(leading));
    }
  }

  private void renew(Term leading) {
    if (term != leading || !leading.active()) {
      return;
    }
    long began = ticker.nanos();
    lock.renew(leading.epoch())
        .whenComplete(
            (renewal, failure) -> {
              if (term != leading) {
                return;
              }
              Outcome outcome = failure == null ? renewal.outcome() : Outcome.UNCERTAIN;
              if (outcome == Outcome.LOST) {
                giveUp(leading, lost(leading.epoch(), renewal.newestEpoch()));
              } else {
                renewed(leading, outcome, began);
              }
            });
  }

  // A lock may also be taken away by hand, to make somebody else lead.
  private static String lost(long epoch, long newest) {
    return newest > epoch
        ? "epoch " + newest + " was granted to another"
        : "the lock no longer names it";
  }

  private void renewed(Term leading, Outcome outcome, long began) {
    long now = ticker.nanos();
    long next = outcome == Outcome.RENEWED ? timing.retryNanos() : timing.retryNanos() / 2;
    loop.after(Math.max(0, began + around(next) - now), () -> renew(leading));
    if (outcome == Outcome.RENEWED && leading.active()) {
      leading.extend(began + timing.renewNanos());
      tell(each -> each.renewed(now - began));
    }
  }

  private void giveUp(Term leading, String why) {
    if (term == leading) {
      end(leading, why);
      restFor(around(timing.retryNanos()));
    }
  }

  private CompletionStage<Long> end(Term leading, String why) {
    leading.end();
    term = null;
    state = State.FOLLOWER;
    tell(each -> each.deposed(leading, why));
    return lock.release(leading.epoch())
        .whenComplete(
            (newest, failure) -> {
              if (failure == null && newest > leading.epoch()) {
                tell(each -> each.superseded(leading, newest));
              }
            });
  }

  private void tell(Consumer<ElectionListener> what) {
    listeners.forEach(each -> guarded(() -> what.accept(each)));
  }

  // A stage would keep a defect to itself, and with it the rest of what is to be done.
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException defect) {
      LOG.error("The election goes on after a defect", defect);
    }
  }

  private long around(long nanos) {
    return (long) (nanos * (0.9 + 0.2 * random.nextDouble()));
  }
}
