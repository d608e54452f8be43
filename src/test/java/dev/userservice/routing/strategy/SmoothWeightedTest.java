package dev.userservice.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class SmoothWeightedTest {

  private final SmoothWeighted strategy = new SmoothWeighted();
  private final Candidates candidates = new Candidates();

  /** nginx's algorithm as its author describes it, on plain integers. */
  private static final class Naive {
    private final int[] weights;
    private final int[] current;

    Naive(int... weights) {
      this.weights = weights;
      this.current = new int[weights.length];
    }

    int choose() {
      int best = 0;
      for (int peer = 0; peer < weights.length; peer++) {
        current[peer] += weights[peer];
        best = current[peer] > current[best] ? peer : best;
      }
      current[best] -= Arrays.stream(weights).sum();
      return best;
    }
  }

  @Test
  void choicesOfAHeavyServerAreSpread() {
    weigh(5, 1, 1);
    StringBuilder order = new StringBuilder();
    for (int call = 0; call < 14; call++) {
      order.append("abc".charAt(strategy.choose(candidates, 0)));
    }
    assertThat(order).hasToString("aabacaaaabacaa");
  }

  @Test
  void choicesAgreeWithBruteForce() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      int[] weights = random.ints(random.nextInt(2, 12), 1, 100).toArray();
      weigh(weights);
      Naive naive = new Naive(weights);
      for (int call = 0; call < 300; call++) {
        assertThat(strategy.choose(candidates, 0))
            .as("seed %d, weights %s, call %d", seed, Arrays.toString(weights), call)
            .isEqualTo(naive.choose());
      }
    }
  }

  @Test
  void sharesStayExactUnderConcurrency() throws InterruptedException {
    weigh(1, 2, 5);
    AtomicIntegerArray chosen = new AtomicIntegerArray(3);
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      Thread thread = new Thread(() -> chooseOften(chosen));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int index = 0; index < 3; index++) {
      double fair = 400_000 * candidates.get(index).weight() / 8;
      assertThat((double) chosen.get(index)).isBetween(fair - 100, fair + 100);
    }
  }

  private void chooseOften(AtomicIntegerArray chosen) {
    Candidates own = new Candidates();
    for (int index = 0; index < candidates.size(); index++) {
      own.add(candidates.get(index));
    }
    for (int call = 0; call < 100_000; call++) {
      chosen.incrementAndGet(strategy.choose(own, 0));
    }
  }

  @Test
  void changedWeightCountsFromTheNextChoice() {
    weigh(1, 1);
    strategy.choose(candidates, 0);
    candidates.get(0).weight(9);
    int first = 0;
    for (int call = 0; call < 1000; call++) {
      first += strategy.choose(candidates, 0) == 0 ? 1 : 0;
    }
    assertThat(first).isBetween(898, 902);
  }

  @Test
  void nextChoiceHasTheLowestScore() {
    weigh(3, 2, 4);
    for (int call = 0; call < 100; call++) {
      double least = Double.MAX_VALUE;
      for (int index = 0; index < 3; index++) {
        least = Math.min(least, strategy.score(candidates.get(index), candidates, 0));
      }
      List<Double> before = scores();
      assertThat(before.get(strategy.choose(candidates, 0))).isEqualTo(least);
    }
  }

  private List<Double> scores() {
    List<Double> scores = new ArrayList<>();
    for (int index = 0; index < candidates.size(); index++) {
      scores.add(strategy.score(candidates.get(index), candidates, 0));
    }
    return scores;
  }

  private void weigh(int... weights) {
    candidates.clear();
    for (int weight : weights) {
      candidates.add(new Candidate("c", weight, SimulatedRouter.SETTINGS, 0));
    }
  }
}
