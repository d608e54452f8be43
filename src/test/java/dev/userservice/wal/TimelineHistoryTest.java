package dev.userservice.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which positions the primary's timeline includes. */
final class TimelineHistoryTest {

  /** Timeline 2 began at 100, timeline 3 at 250. */
  private static final TimelineHistory HISTORY =
      new TimelineHistory(3, new TreeMap<>(Map.of(2, 100L, 3, 250L)));

  @Test
  void positionsBeforeTheNextTimelineAreIncluded() {
    assertThat(HISTORY.includes(new LogPosition(1, 100))).isTrue();
    assertThat(HISTORY.includes(new LogPosition(2, 250))).isTrue();
    assertThat(HISTORY.includes(new LogPosition(3, 9_999))).isTrue();
  }

  @Test
  void positionsBeyondTheEndOfTheirTimelineAreLost() {
    assertThat(HISTORY.includes(new LogPosition(1, 101))).isFalse();
    assertThat(HISTORY.includes(new LogPosition(2, 251))).isFalse();
  }

  @Test
  void positionMustBeIncludedByEveryTimelineBetween() {
    TimelineHistory backwards = new TimelineHistory(3, new TreeMap<>(Map.of(2, 100L, 3, 50L)));
    assertThat(backwards.includes(new LogPosition(1, 70))).isFalse();
    assertThat(backwards.includes(new LogPosition(1, 50))).isTrue();
  }

  @Test
  void unknownBeginMakesAnEarlierPositionUncertain() {
    TimelineHistory gap = new TimelineHistory(3, new TreeMap<>(Map.of(3, 250L)));
    assertThat(gap.includes(new LogPosition(1, 1))).isFalse();
    assertThat(gap.includes(new LogPosition(2, 1))).isTrue();
  }

  @Test
  void laterTimelineIsNotIncluded() {
    assertThat(HISTORY.includes(new LogPosition(4, 1))).isFalse();
  }

  @Test
  void lsnsAreUnsigned() {
    TimelineHistory high = new TimelineHistory(2, new TreeMap<>(Map.of(2, -10L)));
    assertThat(high.includes(new LogPosition(1, 5))).isTrue();
    assertThat(high.includes(new LogPosition(1, -11))).isTrue();
    assertThat(high.includes(new LogPosition(1, -9))).isFalse();
  }

  @Test
  void historyIsCompleteWhenTheBeginOfTheCurrentTimelineIsKnown() {
    assertThat(TimelineHistory.of(1).complete()).isTrue();
    assertThat(TimelineHistory.of(2).complete()).isFalse();
    assertThat(HISTORY.complete()).isTrue();
  }
}
