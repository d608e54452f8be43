package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.consistency.SessionLostException;
import dev.userservice.wal.LogPosition;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shard on timeline 3, which began at 300 of timeline 2, which began at 200 of timeline 1. */
final class TimelineJudgeTest {

  private static final LogPosition FIRST_SEEN = new LogPosition(3, 310);

  private final TimelineJudge judge = new TimelineJudge(0);

  @BeforeEach
  void primaryIsOnTimelineThree() {
    judge.follow(FIRST_SEEN, begins());
    judge.primarySeen(true);
  }

  private static SortedMap<Integer, Long> begins() {
    SortedMap<Integer, Long> begins = new TreeMap<>();
    begins.put(2, 200L);
    begins.put(3, 300L);
    return begins;
  }

  @Test
  void aPositionOfThePresentTimelineIsTakenAsItIs() {
    assertThat(judge.required(new LogPosition(3, 999))).isEqualTo(new LogPosition(3, 999));
  }

  @Test
  void aPositionThatThePresentTimelineIncludesIsThatOfThePresentTimeline() {
    assertThat(judge.required(new LogPosition(1, 200))).isEqualTo(new LogPosition(3, 200));
    assertThat(judge.required(new LogPosition(2, 300))).isEqualTo(new LogPosition(3, 300));
  }

  @Test
  void aPositionBeyondItsTimelinesEndIsLost() {
    assertLost(new LogPosition(1, 201));
    assertLost(new LogPosition(2, 301));
    assertLost(new LogPosition(2, 400));
    assertLost(new LogPosition(1, 400));
  }

  @Test
  void aConfirmedCommitWithoutAPositionNeedsWhatTheNewPrimaryHad() {
    assertThat(judge.required(LogPosition.endOf(2))).isEqualTo(FIRST_SEEN);
    assertThat(judge.required(LogPosition.endOf(1))).isEqualTo(FIRST_SEEN);
  }

  @Test
  void withoutSynchronousCommitThatIsLostToo() {
    judge.primarySeen(false);
    assertLost(LogPosition.endOf(2));
    assertThat(judge.required(new LogPosition(2, 300))).isEqualTo(new LogPosition(3, 300));
  }

  @Test
  void aTimelineThatBeganNobodyKnowsWhereIncludesNothingForSure() {
    judge.learn(new TreeMap<>());
    assertThat(judge.complete()).isFalse();
    assertLost(new LogPosition(2, 1));
  }

  @Test
  void aTimelineThatIsYetToBeSeenIsWaitedFor() {
    assertThat(judge.required(new LogPosition(4, 1))).isEqualTo(new LogPosition(4, 1));
  }

  @Test
  void aTimelineThatWasLeftForAnEarlierOneIsLost() {
    SortedMap<Integer, Long> earlier = begins();
    earlier.remove(3);
    judge.follow(new LogPosition(2, 290), earlier);
    assertLost(new LogPosition(3, 1));
    assertLost(LogPosition.endOf(3));
    assertThat(judge.required(new LogPosition(2, 400))).isEqualTo(new LogPosition(2, 400));
    assertThat(judge.required(new LogPosition(4, 1))).isEqualTo(new LogPosition(4, 1));
  }

  @Test
  void aPositionThatTwoPrimariesWroteIsLost() {
    judge.doubt(new LogPosition(3, 400), new LogPosition(3, 500));
    assertThat(judge.required(new LogPosition(3, 400))).isEqualTo(new LogPosition(3, 400));
    assertLost(new LogPosition(3, 401));
    assertLost(new LogPosition(3, 500));
    assertThat(judge.required(new LogPosition(3, 501))).isEqualTo(new LogPosition(3, 501));
  }

  @Test
  void whatTheTimelineLacksIsCounted() {
    assertThat(judge.lostBytes(new LogPosition(3, 999))).isZero();
    assertThat(judge.lostBytes(new LogPosition(2, 300))).isZero();
    assertThat(judge.lostBytes(new LogPosition(2, 307))).isEqualTo(7);
    assertThat(judge.lostBytes(new LogPosition(1, 307))).isEqualTo(107);
  }

  private void assertLost(LogPosition seen) {
    assertThatThrownBy(() -> judge.required(seen))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("shard 0");
  }
}
