package dev.userservice.election.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.ManualLoop;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.Candidate;
import dev.userservice.election.vote.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which candidates wait for which, and how long. */
final class CandidateOrderTest {

  private static final ElectionTiming TIMING =
      new ElectionTiming(
          Duration.ofSeconds(15).toNanos(),
          Duration.ofSeconds(10).toNanos(),
          Duration.ofSeconds(2).toNanos());
  private static final Version VERSION = new Version(3, "1.4.0");

  private final List<Candidate> candidates = new ArrayList<>();
  private final ManualLoop loop = new ManualLoop();

  @Test
  void anyPreferenceDoesNotWait() {
    register("old", 1, VERSION);
    register("self", 2, VERSION);
    assertThat(delay(Preference.ANY)).isZero();
  }

  @Test
  void oldestComesFirstThenByName() {
    register("self", 2, VERSION);
    register("younger", 3, VERSION);
    register("zoe", 2, VERSION);
    assertThat(delay(Preference.OLDEST)).isZero();
    register("adam", 2, VERSION);
    assertThat(delay(Preference.OLDEST)).isPositive();
  }

  @Test
  void newestVersionComesFirstThenTheOldest() {
    register("old", 1, new Version(3, "1.3.9"));
    register("self", 2, VERSION);
    register("young", 3, VERSION);
    assertThat(delay(Preference.NEWEST_VERSION)).isZero();
    register("new", 4, new Version(3, "1.10.0"));
    assertThat(delay(Preference.NEWEST_VERSION)).isPositive();
  }

  @Test
  void randomWaitIsWithinOneRetryPeriod() {
    register("self", 2, VERSION);
    List<Long> drawn = new ArrayList<>();
    for (long seed = 0; seed < 100; seed++) {
      drawn.add(order(Preference.RANDOM, seed).delayNanos(null));
    }
    assertThat(drawn).allMatch(delay -> delay >= 0 && delay < TIMING.retryNanos());
    assertThat(drawn).anyMatch(delay -> delay < TIMING.retryNanos() / 10);
    assertThat(drawn).anyMatch(delay -> delay > TIMING.retryNanos() / 10 * 9);
  }

  @Test
  void newerSchemaComesFirstUnderEveryPreference() {
    register("self", 1, VERSION);
    register("new", 9, new Version(4, "1.5.0"));
    for (Preference preference : Preference.values()) {
      assertThat(delay(preference)).isPositive().isLessThan(TIMING.retryNanos());
    }
  }

  @Test
  void waitForManyCandidatesIsLessThanOneRetryPeriod() {
    register("self", 1000, VERSION);
    for (int other = 0; other < 50; other++) {
      register("other-" + other, other, VERSION);
    }
    assertThat(delay(Preference.OLDEST)).isPositive().isLessThan(TIMING.retryNanos());
  }

  @Test
  void candidateSilentForALeaseIsIgnored() {
    register("dead", 1, VERSION);
    register("self", 2, VERSION);
    CandidateOrder order = order(Preference.OLDEST, 1);
    assertThat(order.delayNanos(null)).isPositive();
    loop.advance(TIMING.leaseNanos() + 1);
    order.saw(candidates);
    assertThat(order.delayNanos(null)).isZero();
  }

  @Test
  void formerLeaderIsIgnored() {
    register("former", 1, VERSION);
    register("self", 2, VERSION);
    assertThat(order(Preference.OLDEST, 1).delayNanos("former")).isZero();
  }

  @Test
  void leaderYieldsOnlyToACandidateSeenAlive() {
    register("self", 1, VERSION);
    register("new", 2, new Version(4, "1.5.0"));
    CandidateOrder order = order(Preference.ANY, 1);
    assertThat(order.newer()).isEmpty();
    Candidate registered = candidates.remove(1);
    candidates.add(new Candidate(registered.candidacy(), 2, 1));
    order.saw(candidates);
    assertThat(order.newer()).contains(registered.candidacy());
    loop.advance(TIMING.leaseNanos() + 1);
    assertThat(order.newer()).isEmpty();
  }

  private void register(String name, long at, Version version) {
    candidates.add(new Candidate(new Candidacy(name, version), at, 0));
  }

  private long delay(Preference preference) {
    return order(preference, 1).delayNanos(null);
  }

  private CandidateOrder order(Preference preference, long seed) {
    Candidacy self = new Candidacy("self", VERSION);
    CandidateOrder order = new CandidateOrder(preference, self, loop.clock(TIMING, seed));
    order.saw(candidates);
    return order;
  }
}
