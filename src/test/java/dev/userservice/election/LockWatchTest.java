package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.ManualLoop;
import dev.userservice.election.preference.CandidateOrder;
import dev.userservice.election.preference.Preference;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a follower observes the lock, and when it may take it. */
final class LockWatchTest {

  private static final long SECOND = 1_000_000_000L;

  private final ManualLoop loop = new ManualLoop();
  private final ElectionClock clock = loop.clock(SimulatedElection.TIMING, 1);
  private final ScriptedLock lock = new ScriptedLock();
  private final CountingFollower follower = new CountingFollower();
  private final LockWatch watch =
      new LockWatch(
          lock,
          new CandidateOrder(Preference.ANY, new Candidacy("self", new Version(1, "1.0.0")), clock),
          clock,
          follower);

  @BeforeEach
  void start() {
    lock.state = heldFor(10 * SECOND);
    watch.start();
    loop.advance(clock.timing().callNanos());
  }

  @Test
  void heldLockIsObservedAgainAndNotTaken() {
    assertThat(lock.observations).isEqualTo(1);
    loop.advance(5 * SECOND);
    assertThat(lock.observations).isGreaterThan(20);
    assertThat(follower.chances).isZero();
  }

  @Test
  void lockThatIsNotRenewedMayBeTakenWhenItsLeaseEnds() {
    lock.state = heldFor(SECOND);
    loop.advance(SECOND + lock.observeNanos() + 1);
    assertThat(follower.chances).isOne();
  }

  @Test
  void stateWithoutAKnownEndIsNeverFree() {
    lock.state = new LockState("other", 1, null, LockState.NEVER);
    loop.advance(100 * SECOND);
    assertThat(follower.chances).isZero();
  }

  @Test
  void hintOfTheLockIsFollowedAtOnce() {
    lock.observeNanos = 20 * SECOND;
    loop.advance(SECOND);
    int before = lock.observations;
    lock.hint();
    loop.advance(0);
    assertThat(lock.observations).isEqualTo(before + 1);
  }

  @Test
  void hintsAreIgnoredWhileTheWatchRests() {
    watch.restFor(SECOND);
    int before = lock.observations;
    lock.hint();
    loop.advance(SECOND - 1);
    assertThat(lock.observations).isEqualTo(before);
    loop.advance(1);
    assertThat(lock.observations).isEqualTo(before + 1);
  }

  @Test
  void failedObservationIsRepeatedAfterARetryPeriod() {
    lock.failing = true;
    loop.advance(lock.observeNanos() * 2);
    int before = lock.observations;
    loop.advance(clock.timing().retryNanos() * 2);
    assertThat(lock.observations).isGreaterThan(before);
    assertThat(follower.chances).isZero();
  }

  @Test
  void processThatDoesNotWaitObservesNothing() {
    follower.waits = false;
    int before = lock.observations;
    lock.hint();
    loop.advance(5 * SECOND);
    assertThat(lock.observations).isEqualTo(before);
  }

  private LockState heldFor(long nanos) {
    return new LockState("other", 1, null, loop.nanos() + nanos);
  }

  private static final class CountingFollower implements LockWatch.Follower {

    private boolean waits = true;
    private int chances;

    @Override
    public boolean waits() {
      return waits;
    }

    @Override
    public void observed(LockState state) {}

    @Override
    public void lockIsFree() {
      chances++;
      waits = false;
    }
  }
}
