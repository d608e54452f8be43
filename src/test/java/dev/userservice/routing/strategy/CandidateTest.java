package dev.userservice.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CandidateTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  private final OutlierEjection group =
      new OutlierEjection(new EjectionSettings(5, 5 * SECOND, 12 * SECOND, 0.5));
  private final List<Candidate> members = new ArrayList<>();

  private Candidate join(int index) {
    while (members.size() <= index) {
      members.add(new Candidate("c" + members.size(), 2, SimulatedRouter.SETTINGS, group, 0));
    }
    return members.get(index);
  }

  private static void fail(Candidate candidate, int times, long now) {
    for (int call = 0; call < times; call++) {
      candidate.sent(now);
      candidate.failed(now, 1);
    }
  }

  private static void answer(Candidate candidate, long now, long latency) {
    candidate.sent(now - latency);
    candidate.answered(now, latency);
  }

  @Test
  void fastFailureCountsAsSlow() {
    Candidate candidate = join(0);
    answer(candidate, SECOND, MILLI);
    candidate.sent(2 * SECOND);
    candidate.failed(2 * SECOND, 10);
    assertThat(candidate.latencyNanos(2 * SECOND)).isGreaterThan(1.9 * SECOND);
    assertThat(candidate.inFlight()).isZero();
  }

  @Test
  void scanIsNoLatencySample() {
    Candidate candidate = join(0);
    answer(candidate, SECOND, MILLI);
    candidate.sent(SECOND);
    candidate.finished(3 * SECOND);
    assertThat(candidate.latencyNanos(3 * SECOND)).isEqualTo(MILLI);
    assertThat(candidate.inFlight()).isZero();
  }

  @Test
  void silenceCountsAtOnceAndEndsWithAnAnswer() {
    Candidate candidate = join(0);
    answer(candidate, SECOND, MILLI);
    candidate.sent(10 * SECOND);
    candidate.sent(10 * SECOND + MILLI);
    assertThat(candidate.latencyNanos(10 * SECOND + 7 * MILLI)).isEqualTo(7.0 * MILLI);
    candidate.answered(10 * SECOND + 8 * MILLI, MILLI);
    assertThat(candidate.latencyNanos(10 * SECOND + 8 * MILLI)).isEqualTo(MILLI);
    candidate.failed(10 * SECOND + 8 * MILLI, MILLI);
    assertThat(candidate.silenceNanos(90 * SECOND)).isZero();
  }

  @Test
  void weightGrowsFromATenthAfterAReturn() {
    Candidate candidate = join(0);
    answer(candidate, SECOND, MILLI);
    assertThat(candidate.effectiveWeight(SECOND)).isEqualTo(2);
    candidate.returned(20 * SECOND);
    assertThat(candidate.latencyNanos(20 * SECOND)).isZero();
    assertThat(candidate.effectiveWeight(20 * SECOND)).isEqualTo(0.2);
    assertThat(candidate.effectiveWeight(25 * SECOND)).isEqualTo(1);
    assertThat(candidate.effectiveWeight(30 * SECOND)).isEqualTo(2);
    candidate.weight(4);
    assertThat(candidate.effectiveWeight(30 * SECOND)).isEqualTo(4);
  }

  @Test
  void onlyConsecutiveFailuresEject() {
    Candidate candidate = join(1);
    fail(candidate, 4, SECOND);
    answer(candidate, SECOND, MILLI);
    fail(candidate, 4, SECOND);
    assertThat(candidate.ejected(SECOND)).isFalse();
    fail(candidate, 1, SECOND);
    assertThat(candidate.ejected(SECOND)).isTrue();
    assertThat(candidate.ejected(6 * SECOND - 1)).isTrue();
    assertThat(candidate.ejected(6 * SECOND)).isFalse();
    assertThat(candidate.ejections()).isOne();
  }

  @Test
  void slowStartFollowsAnEjectionAndTheNextFailureEjectsForLonger() {
    Candidate candidate = join(1);
    fail(candidate, 5, 0);
    assertThat(candidate.effectiveWeight(5 * SECOND)).isEqualTo(0.2);
    fail(candidate, 1, 5 * SECOND);
    assertThat(candidate.ejected(15 * SECOND - 1)).as("twice as long").isTrue();
    fail(candidate, 1, 15 * SECOND);
    assertThat(candidate.ejected(27 * SECOND - 1)).as("as long as allowed").isTrue();
    assertThat(candidate.ejected(27 * SECOND)).isFalse();
    answer(candidate, 28 * SECOND, MILLI);
    fail(candidate, 4, 60 * SECOND);
    assertThat(candidate.ejected(60 * SECOND)).as("healthy in between").isFalse();
    fail(candidate, 1, 60 * SECOND);
    assertThat(candidate.ejected(65 * SECOND)).as("as if for the first time").isFalse();
  }

  @Test
  void atMostTheShareOfTheGroupIsEjected() {
    join(4);
    for (Candidate member : members) {
      fail(member, 50, SECOND);
    }
    assertThat(group.ejected(SECOND)).isEqualTo(2);
    // Room again once the first two are back: the next failure of a third is heard.
    fail(members.get(3), 1, 7 * SECOND);
    assertThat(members.get(3).ejected(7 * SECOND)).isTrue();
  }

  @Test
  void shareHoldsWhenAllFailAtTheSameTime() throws InterruptedException {
    join(7);
    List<Thread> threads = new ArrayList<>();
    for (Candidate member : members) {
      Thread thread = new Thread(() -> fail(member, 10_000, SECOND));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(group.ejected(SECOND)).isEqualTo(4);
  }

  @Test
  void onlyMemberIsNeverEjected() {
    Candidate candidate = new Candidate("alone", 1, SimulatedRouter.SETTINGS, 0);
    fail(candidate, 1000, SECOND);
    assertThat(candidate.ejected(SECOND)).isFalse();
  }
}
