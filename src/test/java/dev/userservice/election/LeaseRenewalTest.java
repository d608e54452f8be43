package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.ManualLoop;
import dev.userservice.election.lock.Renewal.Outcome;
import dev.userservice.leader.Term;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a term lasts. */
final class LeaseRenewalTest {

  private static final ElectionTiming TIMING = SimulatedElection.TIMING;

  private final ManualLoop loop = new ManualLoop();
  private final ElectionClock clock = loop.clock(TIMING, 1);
  private final ScriptedLock lock = new ScriptedLock();
  private final Term term = new Term(1, loop.nanos() + TIMING.renewNanos(), loop);
  private final List<String> lost = new ArrayList<>();
  private final LeaseRenewal renewal = new LeaseRenewal(term, lock, clock, new Recorder());
  private int renewed;

  @BeforeEach
  void start() {
    renewal.start();
  }

  @Test
  void renewedTermGoesOn() {
    loop.advance(10 * TIMING.renewNanos());
    assertThat(term.active()).isTrue();
    assertThat(lost).isEmpty();
    assertThat(renewed).isEqualTo(lock.renewals).isGreaterThan(30);
  }

  @Test
  void termEndsAtItsDeadlineWhenNoRenewalIsConfirmed() {
    lock.failing = true;
    loop.advance(TIMING.renewNanos() - 1);
    assertThat(lost).isEmpty();
    loop.advance(1);
    assertThat(lost).containsExactly("1: its lease was not renewed in time");
    assertThat(lock.renewals).isGreaterThan(4);
  }

  @Test
  void uncertainRenewalIsRepeatedSoonerThanAConfirmedOne() {
    loop.advance(TIMING.retryNanos() * 11 / 10);
    lock.outcome = Outcome.UNCERTAIN;
    int before = lock.renewals;
    loop.advance(TIMING.retryNanos() * 3);
    assertThat(lock.renewals - before).isGreaterThan(3);
    assertThat(renewed).isEqualTo(before);
    lock.outcome = Outcome.RENEWED;
    loop.advance(10 * TIMING.renewNanos());
    assertThat(lost).isEmpty();
  }

  @Test
  void lostRenewalEndsTheTermAtOnce() {
    lock.outcome = Outcome.LOST;
    lock.newestEpoch = 2;
    loop.advance(TIMING.retryNanos() * 11 / 10);
    assertThat(lost).containsExactly("1: epoch 2 was granted to another process");
  }

  @Test
  void lockTakenAwayByAnOperatorEndsTheTerm() {
    lock.outcome = Outcome.LOST;
    loop.advance(TIMING.retryNanos() * 11 / 10);
    assertThat(lost).containsExactly("1: the lock does not name it any more");
  }

  @Test
  void endedTermIsNotRenewed() {
    renewal.end();
    loop.advance(10 * TIMING.renewNanos());
    assertThat(term.active()).isFalse();
    assertThat(lock.renewals).isZero();
    assertThat(lost).isEmpty();
  }

  private final class Recorder implements LeaseRenewal.Leader {

    @Override
    public void renewed(long nanos) {
      renewed++;
    }

    @Override
    public void lost(Term ended, String why) {
      lost.add(ended.epoch() + ": " + why);
      renewal.end();
    }
  }
}
