package dev.userservice.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class LatencyEstimateTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final long RISE = 100 * MILLI;
  private static final long FALL = 2 * SECOND;

  private record Sample(long at, long latency) {}

  @Test
  void agreesWithTheClosedFormOverTheWholeHistory() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    LatencyEstimate estimate = new LatencyEstimate(FALL, FALL, 0);
    List<Sample> history = new ArrayList<>();
    long now = 0;
    for (int step = 0; step < 2000; step++) {
      now += random.nextLong(1, step % 10 == 0 ? SECOND : 100_000);
      history.add(new Sample(now, random.nextLong(1, 20 * MILLI)));
      estimate.sample(now, history.get(step).latency());
      if (step % 50 == 0) {
        assertThat(estimate.nanos())
            .as("seed %d step %d", seed, step)
            .isCloseTo(closedForm(history), Percentage.withPercentage(0.0001));
      }
    }
  }

  /** Each sample weighs what it spoke for, less what time has taken since: no recurrence. */
  private static double closedForm(List<Sample> history) {
    long end = history.get(history.size() - 1).at();
    double sum = history.get(0).latency() * Math.exp((history.get(0).at() - end) / (double) FALL);
    for (int index = 1; index < history.size(); index++) {
      double from = Math.exp((history.get(index - 1).at() - end) / (double) FALL);
      double to = Math.exp((history.get(index).at() - end) / (double) FALL);
      sum += history.get(index).latency() * (to - from);
    }
    return sum;
  }

  @Test
  void risesAndFallsByItsTwoTimeConstants() {
    LatencyEstimate estimate = new LatencyEstimate(RISE, FALL, 0);
    estimate.sample(0, MILLI);
    for (long now = MILLI / 10; now <= RISE; now += MILLI / 10) {
      estimate.sample(now, 101 * MILLI);
    }
    assertThat(estimate.nanos()).isCloseTo(MILLI * (101 - 100 / Math.E), within(1000.0));
    double peak = estimate.nanos();
    for (long now = RISE; now <= RISE + FALL; now += MILLI / 10) {
      estimate.sample(now, MILLI);
    }
    assertThat(estimate.nanos()).isCloseTo(MILLI + (peak - MILLI) / Math.E, within(1000.0));
  }

  @Test
  void slowAnswerCountsMoreAtLowRates() {
    LatencyEstimate few = new LatencyEstimate(RISE, FALL, 0);
    few.sample(SECOND, MILLI);
    few.sample(2 * SECOND, 20 * MILLI);
    assertThat(few.nanos()).isGreaterThan(19.0 * MILLI);
    LatencyEstimate many = new LatencyEstimate(RISE, FALL, 0);
    many.sample(SECOND, MILLI);
    many.sample(SECOND + MILLI / 10, 20 * MILLI);
    assertThat(many.nanos()).isLessThan(1.05 * MILLI);
  }

  @Test
  void samplesOutOfOrderHaveNoWeight() {
    LatencyEstimate estimate = new LatencyEstimate(RISE, FALL, 0);
    estimate.sample(SECOND, MILLI);
    estimate.sample(SECOND - 10, SECOND);
    estimate.sample(SECOND, SECOND);
    assertThat(estimate.nanos()).isEqualTo(MILLI);
  }

  @Test
  void tickerOverflowIsHarmless() {
    LatencyEstimate estimate = new LatencyEstimate(RISE, FALL, Long.MAX_VALUE - 10);
    estimate.sample(Long.MAX_VALUE, MILLI);
    estimate.sample(Long.MAX_VALUE + FALL, 2 * MILLI);
    assertThat(estimate.nanos()).isGreaterThan(1.99 * MILLI);
  }

  /**
   * Threads that sample the same latency from above drive the estimate to where one thread alone
   * would have: no sample's time is lost, none counts twice, in whichever order they land.
   */
  @Test
  void concurrentSamplesMoveItAsFarAsSequentialOnes() throws InterruptedException {
    LatencyEstimate shared = new LatencyEstimate(FALL, FALL, 0);
    shared.sample(0, 100 * MILLI);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      int offset = number;
      Thread thread = new Thread(() -> sampleOften(shared, start, offset));
      thread.start();
      threads.add(thread);
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    double expected = MILLI + 99 * MILLI * Math.exp(-1);
    assertThat(shared.nanos()).isCloseTo(expected, Percentage.withPercentage(0.1));
  }

  private static void sampleOften(LatencyEstimate shared, CountDownLatch start, int offset) {
    try {
      start.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    for (long now = 0; now < FALL; now += 4000) {
      shared.sample(now + offset * 1000L, MILLI);
    }
    shared.sample(FALL, MILLI);
  }
}
