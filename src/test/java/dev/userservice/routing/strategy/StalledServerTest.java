package dev.userservice.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.Simulation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What weighted least latency does about a server that hangs or is slow for a while. */
final class StalledServerTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  private final Simulation simulation = Simulation.seeded();
  private final SimulatedServer hanging =
      new SimulatedServer(simulation, Integer.MAX_VALUE, () -> simulation.around(MILLI / 2, 0.3));
  private final SimulatedServer healthy =
      new SimulatedServer(simulation, Integer.MAX_VALUE, () -> simulation.around(MILLI / 2, 0.3));
  private final SimulatedRouter router =
      new SimulatedRouter(
          simulation,
          new WeightedLeastLatency(SimulatedRouter.RETRY, simulation.source()::nextLong),
          List.of(hanging, healthy),
          new double[] {1, 1},
          2 * SECOND);

  private void warmUp() {
    simulation.arrivals(10_000, 60 * SECOND, router::send);
    simulation.runUntil(5 * SECOND);
    router.forgetCounts();
  }

  @Test
  void hangingServerIsAvoidedAfterAFewMilliseconds() {
    warmUp();
    hanging.becomes(() -> 3600 * SECOND);
    simulation.runUntil(5 * SECOND + 3 * MILLI);
    int stuckAtFirst = hanging.load();
    simulation.runUntil(6 * SECOND);
    System.out.println(stuckAtFirst + " calls stuck in 3 ms, " + hanging.load() + " in 1 s");
    assertThat(hanging.load()).isLessThan(30);
    simulation.runUntil(15 * SECOND);
    assertThat(hanging.load()).as("one retry a second").isBetween(stuckAtFirst + 3, 45);
    assertThat(router.failed()).isLessThan(45);
  }

  @Test
  void slowServerDoesNotRaiseTheNinetyNinthPercentile() {
    warmUp();
    simulation.runUntil(10 * SECOND);
    long before = router.percentile(0.99);
    router.forgetCounts();
    hanging.becomes(() -> 20 * MILLI + simulation.around(MILLI / 2, 0.3));
    simulation.runUntil(20 * SECOND);
    System.out.printf("p99 %d µs, was %d µs%n", router.percentile(0.99) / 1000, before / 1000);
    assertThat(router.percentile(0.99)).isLessThan(before * 3 / 2);
    assertThat(router.chosen()[0]).as("retried").isPositive();
  }

  @Test
  void recoveredServerRegainsItsShare() {
    warmUp();
    hanging.becomes(() -> 20 * MILLI);
    simulation.runUntil(10 * SECOND);
    hanging.becomes(() -> simulation.around(MILLI / 2, 0.3));
    long seconds = 0;
    do {
      router.forgetCounts();
      simulation.runUntil(simulation.now() + SECOND);
      seconds++;
    } while (router.chosen()[0] < 4500 && seconds < 60);
    System.out.println("share back after " + seconds + " s");
    assertThat(seconds).isLessThan(20);
  }

  @Test
  void returnedServerStartsSlowly() {
    simulation.arrivals(10_000, 60 * SECOND, router::send);
    simulation.runUntil(5 * SECOND);
    router.members().get(0).returned(simulation.now());
    router.forgetCounts();
    simulation.runUntil(6 * SECOND);
    assertThat(router.chosen()[0]).isBetween(500, 2000);
    simulation.runUntil(15 * SECOND);
    router.forgetCounts();
    simulation.runUntil(16 * SECOND);
    assertThat(router.chosen()[0]).isBetween(4500, 5500);
  }
}
