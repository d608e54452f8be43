package dev.userservice.election;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.Renewal;
import dev.userservice.election.lock.Renewal.Outcome;
import dev.userservice.leader.Term;
import org.jspecify.annotations.Nullable;

/**
 * Renews the lease of one term until the term ends. Belongs to the election's loop.
 *
 * <p>The term is valid for the renew deadline, counted from before the last confirmed renewal was
 * sent. That is less than the lease, which others count from when they saw the renewal.
 */
final class LeaseRenewal {

  /** The leader whose lease is renewed. */
  interface Leader {

    /** A renewal was confirmed, in so many nanoseconds. */
    void renewed(long nanos);

    /** The term is over. Not called after {@link LeaseRenewal#end}. */
    void lost(Term term, String why);
  }

  private final Term term;
  private final ElectionLock lock;
  private final ElectionClock clock;
  private final Leader leader;
  private boolean ended;

  LeaseRenewal(Term term, ElectionLock lock, ElectionClock clock, Leader leader) {
    this.term = term;
    this.lock = lock;
    this.clock = clock;
    this.leader = leader;
  }

  Term term() {
    return term;
  }

  /** Begins to renew. Called once. */
  void start() {
    expire();
    clock.after(clock.around(clock.timing().retryNanos()), this::renew);
  }

  /** Ends the term and renews no more. */
  void end() {
    ended = true;
    term.end();
  }

  /** Ends a term that was not renewed in time, without a call to the lock. */
  private void expire() {
    if (ended) {
      return;
    }
    long left = term.validUntilNanos() - clock.now();
    if (left <= 0) {
      leader.lost(term, "its lease was not renewed in time");
    } else {
      clock.after(left, this::expire);
    }
  }

  private void renew() {
    if (ended || !term.active()) {
      return;
    }
    long sentAt = clock.now();
    lock.renew(term.epoch()).whenComplete((renewal, failure) -> answered(renewal, failure, sentAt));
  }

  private void answered(Renewal renewal, @Nullable Throwable failure, long sentAt) {
    if (ended) {
      return;
    }
    Outcome outcome = failure == null ? renewal.outcome() : Outcome.UNCERTAIN;
    if (outcome == Outcome.LOST) {
      leader.lost(term, reason(renewal.newestEpoch()));
      return;
    }
    long now = clock.now();
    long retry = clock.timing().retryNanos();
    long pause = clock.around(outcome == Outcome.RENEWED ? retry : retry / 2);
    clock.after(Math.max(0, sentAt + pause - now), this::renew);
    if (outcome == Outcome.RENEWED && term.active()) {
      term.extend(sentAt + clock.timing().renewNanos());
      leader.renewed(now - sentAt);
    }
  }

  // An operator may also remove the holder from the lock, so that another process leads.
  private String reason(long newestEpoch) {
    return newestEpoch > term.epoch()
        ? "epoch " + newestEpoch + " was granted to another process"
        : "the lock does not name it any more";
  }
}
