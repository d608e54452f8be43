package dev.userservice.routing.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LatencyWindowTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final long SLICE = 10 * SECOND;

  private record Sample(long at, long latency) {}

  private final LatencyWindow window = new LatencyWindow();

  @Test
  void percentileAgreesWithASortedListOfTheLastMinute() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>();
    // Any origin, also one below zero, as System.nanoTime has.
    long now = random.nextLong(-1000 * SECOND, 1000 * SECOND);
    for (int step = 0; step < 5000; step++) {
      now += random.nextLong(SECOND / 10);
      samples.add(new Sample(now, 2000 + (long) Math.exp(random.nextDouble(20))));
      window.record(now, samples.get(step).latency());
      if (step > 500 && step % 97 == 0) {
        double p = random.nextDouble(0.01, 1);
        long exact = exact(samples, p, now);
        assertThat(window.percentileNanos(p, now))
            .as("seed %d step %d p %f", seed, step, p)
            .isBetween(exact, exact + exact / 16);
      }
    }
  }

  private static long exact(List<Sample> samples, double p, long now) {
    long begin = (Math.floorDiv(now, SLICE) - 5) * SLICE;
    long[] sorted =
        samples.stream()
            .filter(one -> one.at() >= begin)
            .mapToLong(Sample::latency)
            .sorted()
            .toArray();
    return sorted[(int) Math.ceil(p * sorted.length) - 1];
  }

  @Test
  void fewerThanAHundredCallsHaveNoPercentile() {
    IntStream.range(0, 99).forEach(call -> window.record(call, MILLI));
    assertThat(window.percentileNanos(0.95, 99)).isEqualTo(LatencyWindow.TOO_FEW);
    window.record(99, MILLI);
    assertThat(window.percentileNanos(0.95, 99)).isBetween(MILLI, MILLI + MILLI / 16);
  }

  @Test
  void samplesExpireAfterAMinute() {
    IntStream.range(0, 1000).forEach(call -> window.record(0, 50 * MILLI));
    IntStream.range(0, 1000).forEach(call -> window.record(30 * SECOND, MILLI));
    assertThat(window.percentileNanos(0.95, 59 * SECOND)).isGreaterThanOrEqualTo(50 * MILLI);
    assertThat(window.percentileNanos(0.95, 61 * SECOND)).isLessThan(2 * MILLI);
    assertThat(window.percentileNanos(0.95, 91 * SECOND)).isEqualTo(LatencyWindow.TOO_FEW);
  }

  @Test
  void latenciesOutOfRangeCountInTheOutermostBuckets() {
    IntStream.range(0, 100).forEach(call -> window.record(0, call < 50 ? -5 : Long.MAX_VALUE));
    assertThat(window.percentileNanos(0.5, 0)).isLessThan(2000);
    assertThat(window.percentileNanos(1, 0)).isGreaterThan(60 * SECOND);
  }
}
