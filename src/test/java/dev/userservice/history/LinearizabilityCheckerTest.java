package dev.userservice.history;

import static dev.userservice.history.TestEvents.read;
import static dev.userservice.history.TestEvents.unknownWrite;
import static dev.userservice.history.TestEvents.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LinearizabilityCheckerTest {

  private static final long INITIAL = 0;

  @Test
  void overlappingOperationsMayTakeEffectInAnyOrder() {
    assertAccepted(write(1, 0, 10), read(0, 1, 3), read(1, 4, 6), read(1, 7, 12));
    assertAccepted(write(1, 0, 10), write(2, 0, 10), read(2, 11, 12), read(2, 13, 14));
    assertAccepted();
  }

  @Test
  void readOfAnOverwrittenValueIsRejected() {
    assertRejected(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5));
    assertRejected(write(1, 0, 1), read(0, 2, 3));
  }

  @Test
  void readsThatSeeAWriteAndThenTheOldValueAreRejected() {
    assertRejected(write(1, 0, 10), read(1, 1, 2), read(0, 3, 4));
  }

  @Test
  void readsThatDisagreeOnTheOrderOfTwoWritesAreRejected() {
    assertRejected(
        write(1, 0, 10), write(2, 0, 10), read(1, 11, 12), read(2, 13, 14), read(1, 15, 16));
  }

  @Test
  void unwrittenValueIsRejected() {
    assertRejected(write(1, 0, 1), read(7, 2, 3));
  }

  @Test
  void writeOfUnknownOutcomeMayHappenLateOrNever() {
    assertAccepted(unknownWrite(1, 0), read(0, 1, 2), read(0, 3, 4));
    assertAccepted(unknownWrite(1, 0), read(0, 1, 2), read(1, 3, 4));
    assertAccepted(unknownWrite(1, 0), write(2, 1, 2), read(2, 3, 4), read(1, 5, 6));
  }

  @Test
  void writeOfUnknownOutcomeHappensOnceAndNotBeforeItsCall() {
    assertRejected(unknownWrite(1, 0), read(1, 1, 2), read(0, 3, 4));
    assertRejected(read(1, 0, 1), unknownWrite(1, 2));
    assertRejected(unknownWrite(1, 0), read(1, 1, 2), write(2, 3, 4), read(1, 5, 6));
  }

  @Test
  void theFirstUnexplainedAnswerIsNamed() {
    Event culprit = read(0, 2, 3);
    assertThat(
            LinearizabilityChecker.firstUnexplained(
                INITIAL, List.of(write(1, 0, 1), culprit, read(1, 4, 5))))
        .contains(culprit);
  }

  @Test
  void agreesWithTheExhaustiveCheckOnSmallRandomHistories() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int rejected = 0;
    for (int turn = 0; turn < 3_000; turn++) {
      List<Event> history = RandomRegister.small(random);
      boolean linearizable = ExhaustiveLinearizability.check(INITIAL, history);
      rejected += linearizable ? 0 : 1;
      assertThat(LinearizabilityChecker.firstUnexplained(INITIAL, history).isEmpty())
          .as("seed %d: %s", seed, history)
          .isEqualTo(linearizable);
    }
    assertThat(rejected).as("seed %d", seed).isBetween(300, 2_700);
  }

  @Test
  @Timeout(20)
  void longHistoriesAreCheckedQuickly() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Event> history = RandomRegister.ofOneRegister(random, 20_000, 8);
    long begin = System.nanoTime();
    assertThat(LinearizabilityChecker.firstUnexplained(INITIAL, history))
        .as("seed %d", seed)
        .isEmpty();
    System.out.printf(
        "linearizability: %d operations checked in %d ms, seed %d%n",
        history.size(), Duration.ofNanos(System.nanoTime() - begin).toMillis(), seed);
    assertThat(LinearizabilityChecker.firstUnexplained(INITIAL, withOneStaleRead(history)))
        .as("seed %d", seed)
        .isPresent();
  }

  private static List<Event> withOneStaleRead(List<Event> history) {
    List<Event> bad = new ArrayList<>(history);
    long end = history.stream().mapToLong(Event::begin).max().orElseThrow() + 1_000_000;
    bad.add(write(Long.MAX_VALUE, end, end + 1));
    bad.add(read(INITIAL, end + 2, end + 3));
    return bad;
  }

  private static void assertAccepted(Event... history) {
    assertThat(LinearizabilityChecker.firstUnexplained(INITIAL, List.of(history))).isEmpty();
    assertThat(ExhaustiveLinearizability.check(INITIAL, List.of(history))).isTrue();
  }

  private static void assertRejected(Event... history) {
    assertThat(LinearizabilityChecker.firstUnexplained(INITIAL, List.of(history))).isPresent();
    assertThat(ExhaustiveLinearizability.check(INITIAL, List.of(history))).isFalse();
  }
}
