package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.consistency.SessionLostException;
import dev.userservice.wal.LogPosition;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shard on timeline 3, which began at 300 of timeline 2, which began at 200 of timeline 1. */
final class TimelineJudgeTest {

  private static final LogPosition FIRST_SEEN = new LogPosition(3, 310);

  private final TimelineJudge judge = new TimelineJudge(0);

  @BeforeEach
  void primaryIsOnTimelineThree() {
    seen(true);
    TreeMap<Integer, Long> begins = new TreeMap<>();
    begins.put(2, 200L);
    begins.put(3, 300L);
    judge.learn(begins);
  }

  @Test
  void aPositionOfThePresentTimelineIsTakenAsItIs() {
    assertThat(judge.required(new LogPosition(3, 999))).isEqualTo(new LogPosition(3, 999));
  }

  @Test
  void aPositionThatThePresentTimelineIncludesIsTakenAsItIs() {
    assertThat(judge.required(new LogPosition(1, 200))).isEqualTo(new LogPosition(1, 200));
    assertThat(judge.required(new LogPosition(2, 300))).isEqualTo(new LogPosition(2, 300));
  }

  @Test
  void aPositionBeyondItsTimelinesEndNeedsWhatTheNewPrimaryHad() {
    assertThat(judge.required(new LogPosition(1, 201))).isEqualTo(FIRST_SEEN);
    assertThat(judge.required(new LogPosition(2, 301))).isEqualTo(FIRST_SEEN);
    assertThat(judge.required(LogPosition.endOf(2))).isEqualTo(FIRST_SEEN);
  }

  @Test
  void aPositionThatMayBeOfTheNewTimelineIsTakenForOne() {
    assertThat(judge.required(new LogPosition(2, 400))).isEqualTo(new LogPosition(3, 400));
  }

  @Test
  void withoutSynchronousCommitAPositionBeyondTheEndIsLost() {
    seen(false);
    assertThatThrownBy(() -> judge.required(new LogPosition(2, 301)))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("shard 0");
    assertThat(judge.required(new LogPosition(2, 300))).isEqualTo(new LogPosition(2, 300));
  }

  @Test
  void aTimelineThatBeganNobodyKnowsWhereIncludesNothingForSure() {
    judge.learn(new TreeMap<>());
    assertThat(judge.required(new LogPosition(2, 1))).isEqualTo(FIRST_SEEN);
  }

  @Test
  void aTimelineThatIsYetToBeSeenIsWaitedFor() {
    assertThat(judge.required(new LogPosition(4, 1))).isEqualTo(new LogPosition(4, 1));
  }

  private void seen(boolean synchronous) {
    judge.primarySeen(FIRST_SEEN, synchronous);
  }
}
