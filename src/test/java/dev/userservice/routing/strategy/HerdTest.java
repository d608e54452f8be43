package dev.userservice.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Fifty routers, each with its own estimates, over five servers of four workers each at 70 % of
 * what they can do. The bound that counts as no oscillation: in no tenth of a second does a server
 * get more than 1.4 times or less than 0.6 times its share of the calls, where drawing lots alone
 * gives or takes a quarter.
 */
final class HerdTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final int ROUTERS = 50;
  private static final int SERVERS = 5;
  private static final int WORKERS = 4;
  private static final double CALLS_PER_SECOND = 0.7 * SERVERS * WORKERS * 1000;

  private final Simulation simulation = Simulation.seeded();
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final List<SimulatedRouter> routers = new ArrayList<>();

  @Test
  void equalServersShareTheLoadInEveryTenthOfASecond() {
    start(this::weightedLeastLatency);
    simulation.runUntil(2 * SECOND);
    double[] bounds = extremes(100, 10 * SECOND);
    assertThat(bounds[0]).as("least").isGreaterThan(0.6);
    assertThat(bounds[1]).as("most").isLessThan(1.4);
  }

  @Test
  void slowServerIsRelievedWithoutOscillation() {
    start(this::weightedLeastLatency);
    simulation.runUntil(2 * SECOND);
    servers.get(0).becomes(() -> simulation.exponential(3 * MILLI));
    simulation.runUntil(4 * SECOND);
    double[] slow = relativeTo(steady(0, 10 * SECOND));
    assertThat(slow[1]).as("most that the slow server gets").isLessThan(0.6);
    servers.get(0).becomes(() -> simulation.exponential(MILLI));
    simulation.runUntil(24 * SECOND);
    double[] bounds = extremes(100, 34 * SECOND);
    assertThat(bounds[0]).as("least afterwards").isGreaterThan(0.6);
    assertThat(bounds[1]).as("most afterwards").isLessThan(1.4);
  }

  @Test
  void leastResponseTimeOscillatesMore() {
    start(this::weightedLeastLatency);
    simulation.runUntil(2 * SECOND);
    double[] ours = extremes(10, 10 * SECOND);
    servers.clear();
    routers.clear();
    start(random -> new LeastResponseTime(SimulatedRouter.RETRY, random));
    simulation.runUntil(simulation.now() + 2 * SECOND);
    double[] rival = extremes(10, simulation.now() + 8 * SECOND);
    assertThat(rival[1]).isGreaterThan(ours[1]);
  }

  private Strategy weightedLeastLatency(RandomSource random) {
    return new WeightedLeastLatency(SimulatedRouter.RETRY, random);
  }

  private void start(Function<RandomSource, Strategy> strategy) {
    for (int server = 0; server < SERVERS; server++) {
      servers.add(new SimulatedServer(simulation, WORKERS, () -> simulation.exponential(MILLI)));
    }
    double[] weights = new double[SERVERS];
    Arrays.fill(weights, 1);
    for (int router = 0; router < ROUTERS; router++) {
      SimulatedRouter next =
          new SimulatedRouter(
              simulation, strategy.apply(simulation.source()::nextLong), servers, weights, SECOND);
      routers.add(next);
      simulation.arrivals(CALLS_PER_SECOND / ROUTERS, 60 * SECOND, next::send);
    }
  }

  /** The least and the most that a server got of its share in any window until then. */
  private double[] extremes(int windowMillis, long until) {
    double least = Double.MAX_VALUE;
    double most = 0;
    int deepest = 0;
    while (simulation.now() < until) {
      routers.forEach(SimulatedRouter::forgetCounts);
      simulation.runUntil(simulation.now() + windowMillis * MILLI);
      double fair = Arrays.stream(counts()).average().orElseThrow();
      for (int server = 0; server < SERVERS; server++) {
        least = Math.min(least, counts()[server] / fair);
        most = Math.max(most, counts()[server] / fair);
        deepest = Math.max(deepest, servers.get(server).load());
      }
    }
    System.out.printf(
        "%d ms windows: %.2f to %.2f times the share, at most %d at a server%n",
        windowMillis, least, most, deepest);
    return new double[] {least, most};
  }

  private double[] steady(int server, long until) {
    List<Double> shares = new ArrayList<>();
    while (simulation.now() < until) {
      routers.forEach(SimulatedRouter::forgetCounts);
      simulation.runUntil(simulation.now() + 100 * MILLI);
      int[] counts = counts();
      shares.add(counts[server] / Arrays.stream(counts).average().orElseThrow());
    }
    return shares.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] relativeTo(double[] shares) {
    double least = Arrays.stream(shares).min().orElseThrow();
    double most = Arrays.stream(shares).max().orElseThrow();
    double mean = Arrays.stream(shares).average().orElseThrow();
    System.out.printf("slow server: %.2f to %.2f, mean %.2f of its share%n", least, most, mean);
    return new double[] {least, most};
  }

  private int[] counts() {
    int[] sum = new int[SERVERS];
    for (SimulatedRouter router : routers) {
      for (int server = 0; server < SERVERS; server++) {
        sum[server] += router.chosen()[server];
      }
    }
    return sum;
  }
}
