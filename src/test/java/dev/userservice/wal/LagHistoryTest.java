package dev.userservice.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LagHistoryTest {

  private static final long SECOND = 1_000_000_000L;

  private final LagHistory history = new LagHistory();

  @Test
  void lagIsTheAgeOfTheNewestPrimaryPositionThatWasReplayed() {
    history.primarySeen(new LogPosition(1, 10), SECOND);
    history.primarySeen(new LogPosition(1, 20), 2 * SECOND);
    history.primarySeen(new LogPosition(1, 30), 3 * SECOND);
    assertThat(history.lagNanos(1, 25, 4 * SECOND)).isEqualTo(2 * SECOND);
    assertThat(history.lagBytes(1, 25)).isEqualTo(5);
  }

  @Test
  void lagAcrossTimelinesIsUnknown() {
    history.primarySeen(new LogPosition(2, 10), 1000);
    assertThat(history.lagNanos(1, 99, 1000)).isEqualTo(Long.MAX_VALUE);
    assertThat(history.lagBytes(1, 99)).isEqualTo(-1);
  }

  @Test
  void samplesThatGoBackAreIgnored() {
    history.primarySeen(new LogPosition(2, 10), SECOND);
    history.primarySeen(new LogPosition(1, 90), 2 * SECOND);
    history.primarySeen(new LogPosition(2, 5), 3 * SECOND);
    assertThat(history.lagNanos(2, 9, 4 * SECOND)).isEqualTo(Long.MAX_VALUE);
    assertThat(history.lagNanos(2, 10, 4 * SECOND)).isEqualTo(3 * SECOND);
  }

  /** Whatever was dropped, the answer is never too low, and at most a second too high. */
  @Test
  void lagIsNeverTooLowAndAtMostASecondTooHigh() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<long[]> samples = new ArrayList<>();
    long lsn = 0;
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      lsn += random.nextInt(3);
      now += random.nextInt(30_000_000);
      history.primarySeen(new LogPosition(1, lsn), now);
      samples.add(new long[] {lsn, now});
      long replayed = Math.max(0, lsn - random.nextInt(step % 50 == 0 ? 5000 : 20));
      if (step % 7 == 0) {
        assertThat(history.lagNanos(1, replayed, now))
            .as("seed %d step %d", seed, step)
            .isBetween(naiveLag(samples, replayed, now), naiveLag(samples, replayed, now) + SECOND);
      }
    }
  }

  private static long naiveLag(List<long[]> samples, long replayed, long now) {
    for (int sample = samples.size() - 1; sample >= 0; sample--) {
      if (samples.get(sample)[0] <= replayed) {
        return now - samples.get(sample)[1];
      }
    }
    return Long.MAX_VALUE - SECOND;
  }
}
