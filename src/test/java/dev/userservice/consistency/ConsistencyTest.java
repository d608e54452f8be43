package dev.userservice.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.consistency.Consistency.Level;
import dev.userservice.wal.LogPosition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConsistencyTest {

  private static final List<Level> LEVELS = List.of(Level.values());
  private static final int SHARDS = 3;
  private static final Comparator<LogPosition> BY_TIMELINE_THEN_LSN =
      Comparator.comparingInt(LogPosition::timeline)
          .thenComparing(LogPosition::lsn, Long::compareUnsigned);
  private static final LogPosition EARLIER = new LogPosition(2, 100);
  private static final LogPosition LATER = new LogPosition(2, 200);
  private static final PresentPositions NO_FAILOVER = (shard, seen) -> seen;

  /** Timeline 3 began at 150 of timeline 2. */
  private static final PresentPositions FAILOVER =
      (shard, seen) ->
          seen.timeline() == 3 ? seen : seen.lsn() <= 150 ? new LogPosition(3, seen.lsn()) : null;

  @Test
  void negativeBoundIsRefused() {
    assertThatThrownBy(() -> new Consistency(Level.BOUNDED, -1, ConsistencyToken.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void strongAndSessionAnswersMustIncludeWhatTheSessionHasSeen() {
    ConsistencyToken token = ConsistencyToken.EMPTY.with(1, LATER);
    for (Level level : LEVELS) {
      Consistency asked = new Consistency(level, 0, token);
      boolean included = level == Level.STRONG || level == Level.SESSION;
      assertThat(asked.required(1)).as("%s", level).isEqualTo(included ? LATER : null);
      assertThat(asked.required(0)).as("%s, another shard", level).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"BOUNDED", "EVENTUAL"})
  void olderAnswerKeepsWhatTheSessionHasSeen(Level level) {
    Consistency asked = new Consistency(level, 0, ConsistencyToken.EMPTY.with(0, LATER));
    assertThat(asked.seenAfter(0, EARLIER, NO_FAILOVER).seen(0)).isEqualTo(LATER);
    assertThat(asked.seenAfter(0, new LogPosition(1, 900), NO_FAILOVER).seen(0)).isEqualTo(LATER);
    assertThat(asked.seenAfter(0, new LogPosition(3, 1), NO_FAILOVER).seen(0))
        .isEqualTo(new LogPosition(3, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"STRONG", "SESSION"})
  void answerThatIncludesTheSessionReplacesItsPosition(Level level) {
    Consistency asked = new Consistency(level, 0, ConsistencyToken.EMPTY.with(0, LATER));
    assertThat(asked.seenAfter(0, EARLIER, NO_FAILOVER).seen(0)).isEqualTo(EARLIER);
  }

  @Test
  void endOfATimelineIsBeyondEveryPositionOfIt() {
    Consistency asked =
        new Consistency(Level.EVENTUAL, 0, ConsistencyToken.EMPTY.with(0, LogPosition.endOf(2)));
    assertThat(asked.seenAfter(0, LATER, NO_FAILOVER).seen(0)).isEqualTo(LogPosition.endOf(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"BOUNDED", "EVENTUAL"})
  void aLevelWithoutTheSessionDoesNotForgetAcrossAFailover(Level level) {
    Consistency lost = new Consistency(level, 0, ConsistencyToken.EMPTY.with(0, LATER));
    LogPosition shown = new LogPosition(3, 900);
    assertThat(lost.seenAfter(0, shown, FAILOVER).seen(0)).isEqualTo(LATER);
    Consistency kept = new Consistency(level, 0, ConsistencyToken.EMPTY.with(0, EARLIER));
    assertThat(kept.seenAfter(0, shown, FAILOVER).seen(0)).isEqualTo(shown);
    LogPosition behind = new LogPosition(3, 99);
    assertThat(kept.seenAfter(0, behind, FAILOVER).seen(0)).isEqualTo(EARLIER);
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void aWriteDoesNotMakeTheSessionForgetThatAFailoverLostWhatItSaw(Level level) {
    Map<Integer, LogPosition> committed = Map.of(0, new LogPosition(3, 900));
    Consistency lost = new Consistency(level, 0, ConsistencyToken.EMPTY.with(0, LATER));
    assertThat(lost.seenAfterWrite(committed, FAILOVER).seen(0)).isEqualTo(LATER);
    Consistency kept = new Consistency(level, 0, ConsistencyToken.EMPTY.with(0, EARLIER));
    assertThat(kept.seenAfterWrite(committed, FAILOVER).positions()).isEqualTo(committed);
  }

  /** The twin keeps a plain map and compares positions by timeline, then LSN. */
  @Test
  void sessionsOfRandomReadsAgreeWithANaiveTwin() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int session = 0; session < 300; session++) {
      ConsistencyToken token = ConsistencyToken.EMPTY;
      Map<Integer, LogPosition> twin = new HashMap<>();
      for (int read = 0; read < 20; read++) {
        Level level = LEVELS.get(random.nextInt(LEVELS.size()));
        Consistency asked = new Consistency(level, 0, token);
        Map<Integer, LogPosition> shown = shown(random);
        token =
            shown.size() == 1
                ? asked.seenAfter(
                    shown.keySet().iterator().next(), shown.values().iterator().next(), NO_FAILOVER)
                : asked.seenAfter(shown, NO_FAILOVER);
        shown.forEach(
            (shard, position) -> {
              boolean latest = level == Level.STRONG || level == Level.SESSION;
              twin.merge(shard, position, (old, next) -> latest ? next : later(old, next));
            });
        assertThat(token.positions()).as("seed %d", seed).isEqualTo(twin);
      }
    }
  }

  private static LogPosition later(LogPosition one, LogPosition other) {
    return BY_TIMELINE_THEN_LSN.compare(one, other) > 0 ? one : other;
  }

  private static Map<Integer, LogPosition> shown(Random random) {
    return random
        .ints(1 + random.nextInt(SHARDS), 0, SHARDS)
        .distinct()
        .boxed()
        .collect(
            Collectors.toMap(
                shard -> shard,
                shard -> new LogPosition(1 + random.nextInt(3), random.nextInt(8) - 2)));
  }
}
