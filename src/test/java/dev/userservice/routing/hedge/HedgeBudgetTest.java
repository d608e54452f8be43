package dev.userservice.routing.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HedgeBudgetTest {

  @Test
  void hedgesNeverExceedTheirShareInAnyOrder() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    HedgeBudget budget = new HedgeBudget(0.05);
    int reads = 0;
    int hedges = 0;
    for (int step = 0; step < 200_000; step++) {
      if (random.nextInt(step % 1000 < 500 ? 2 : 50) == 0) {
        hedges += budget.tryHedge() ? 1 : 0;
      } else {
        reads++;
        budget.read();
      }
      assertThat(hedges).as("seed %d step %d", seed, step).isLessThanOrEqualTo(reads / 20);
    }
    assertThat(hedges).isGreaterThan(reads / 40);
  }

  @Test
  void budgetHoldsTenHedgesAtMost() {
    HedgeBudget budget = new HedgeBudget(0.05);
    for (int read = 0; read < 1_000_000; read++) {
      budget.read();
    }
    int hedges = 0;
    while (budget.tryHedge()) {
      hedges++;
    }
    assertThat(hedges).isEqualTo(10);
  }

  @Test
  void shareOfZeroAllowsNoHedge() {
    HedgeBudget budget = new HedgeBudget(0);
    for (int read = 0; read < 1000; read++) {
      budget.read();
    }
    assertThat(budget.tryHedge()).isFalse();
  }
}
