package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LagHistoryTest {

  private final LagHistory history = new LagHistory();

  @Test
  void aReplicaIsAsOldAsTheNewestPrimaryPositionItHas() {
    history.primarySeen(new LogPosition(1, 10), 1000);
    history.primarySeen(new LogPosition(1, 20), 2000);
    history.primarySeen(new LogPosition(1, 30), 3000);
    assertThat(history.lagNanos(new LogPosition(1, 25), 3500)).isEqualTo(1500);
    assertThat(history.lagBytes(new LogPosition(1, 25))).isEqualTo(5);
  }

  @Test
  void anotherTimelineTellsNothing() {
    history.primarySeen(new LogPosition(2, 10), 1000);
    assertThat(history.lagNanos(new LogPosition(1, 99), 1000)).isEqualTo(Long.MAX_VALUE);
    assertThat(history.lagBytes(new LogPosition(1, 99))).isEqualTo(-1);
  }

  @Test
  void theRingAgreesWithAListThatForgetsNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<long[]> samples = new ArrayList<>();
    long lsn = 0;
    for (int step = 0; step < 400; step++) {
      lsn += random.nextInt(3);
      history.primarySeen(new LogPosition(1, lsn), step);
      samples.add(new long[] {lsn, step});
      long replayed = Math.max(0, lsn - random.nextInt(20));
      assertThat(history.lagNanos(new LogPosition(1, replayed), step))
          .as("seed %d step %d", seed, step)
          .isEqualTo(naiveLag(samples, replayed, step));
    }
  }

  private static long naiveLag(List<long[]> samples, long replayed, long now) {
    long lag = Long.MAX_VALUE;
    for (long[] sample : samples) {
      if (sample[0] <= replayed) {
        lag = now - sample[1];
      }
    }
    return lag;
  }
}
