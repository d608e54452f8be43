package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.replication.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One of two replicas is slowed by 20 ms: the weighted least latency avoids it, round robin does
 * not. Both strategies are measured in the same run, window by window in turns, each window healthy
 * and slowed.
 */
final class SlowReplicaIT {

  private static final Duration SLOWNESS = Duration.ofMillis(20);
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final double ALLOWED_GROWTH = 1.5;
  private static final int CONNECTIONS = 256;
  private static final int USERS = 1_000;
  private static final int READS_PER_SECOND = 1_000;

  @Test
  void aSlowReplicaIsAvoided() throws Exception {
    Figures figures = measure(1, Duration.ofSeconds(2));
    assertThat(figures.weightedSlowed()).isLessThan((double) SLOWNESS.toMillis());
    assertThat(figures.roundRobinSlowed()).isGreaterThanOrEqualTo((double) SLOWNESS.toMillis());
  }

  @Test
  @Tag("deep")
  void aSlowReplicaHardlyShowsInTheP99() throws Exception {
    Figures figures = measure(5, Duration.ofSeconds(5));
    assertThat(figures.weightedSlowed())
        .isLessThanOrEqualTo(ALLOWED_GROWTH * figures.weightedHealthy());
    assertThat(figures.roundRobinSlowed()).isGreaterThanOrEqualTo((double) SLOWNESS.toMillis());
  }

  private static Figures measure(int rounds, Duration window) throws Exception {
    long seed = System.nanoTime();
    System.out.println("slow drill: seed " + seed);
    try (DrillCluster cluster = DrillCluster.start("drill-slow", 1);
        ProxiedServers proxied = ProxiedServers.before(cluster.topology());
        ServiceProcess weighted = service(cluster, proxied.topology(), "weighted-least-latency");
        ServiceProcess roundRobin = service(cluster, proxied.topology(), "round-robin");
        Reader weightedReader = new Reader(weighted);
        Reader roundRobinReader = new Reader(roundRobin)) {
      List<Long> users = weightedReader.makeUsers(seed);
      weightedReader.measure(users, window, seed);
      roundRobinReader.measure(users, window, seed);
      Figures figures = new Figures();
      DelayingProxy slow = proxied.proxy(cluster.replicas(0).get(0).endpoint());
      for (int round = 0; round < rounds; round++) {
        figures.healthy(
            weightedReader.measure(users, window, seed + round),
            roundRobinReader.measure(users, window, seed + round));
        slow.delay(SLOWNESS, Duration.ZERO);
        figures.slowed(
            weightedReader.settle(users, seed).measure(users, window, seed + round),
            roundRobinReader.settle(users, seed).measure(users, window, seed + round));
        slow.delay(Duration.ZERO, Duration.ZERO);
        weightedReader.settle(users, seed);
        roundRobinReader.settle(users, seed);
      }
      System.out.println("slow drill: " + figures);
      return figures;
    }
  }

  private static ServiceProcess service(DrillCluster cluster, Topology topology, String strategy)
      throws Exception {
    return cluster.service(topology, strategy, "-Dusers.routing.strategy=" + strategy);
  }

  /** One client of one service. */
  private static final class Reader implements AutoCloseable {

    private final UserClient client;

    Reader(ServiceProcess service) {
      client = new UserClient(service.address("/"), CONNECTIONS);
    }

    List<Long> makeUsers(long seed) {
      FreshIds ids = new FreshIds(seed);
      List<Long> users = new ArrayList<>();
      for (int user = 0; user < USERS; user++) {
        long id = ids.next();
        assertThat(client.run(() -> client.put(id, 1, null), Duration.ofSeconds(30)).successful())
            .isTrue();
        users.add(id);
      }
      return users;
    }

    Reader settle(List<Long> users, long seed) {
      measure(users, SETTLING, seed);
      return this;
    }

    /** The p99 of one window, in milliseconds. */
    double measure(List<Long> users, Duration window, long seed) {
      ConstantLoad load =
          client.run(
              () -> new ConstantLoad(client, users, READS_PER_SECOND, seed).run(window),
              window.plusSeconds(60));
      assertThat(load.tally().failures()).isEmpty();
      return load.latencies().p99();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** The p99 of each window; the medians count, so that one bad moment of the machine does not. */
  private static final class Figures {

    private final List<Double> weightedHealthy = new ArrayList<>();
    private final List<Double> weightedSlowed = new ArrayList<>();
    private final List<Double> roundRobinHealthy = new ArrayList<>();
    private final List<Double> roundRobinSlowed = new ArrayList<>();

    void healthy(double weighted, double roundRobin) {
      weightedHealthy.add(weighted);
      roundRobinHealthy.add(roundRobin);
    }

    void slowed(double weighted, double roundRobin) {
      weightedSlowed.add(weighted);
      roundRobinSlowed.add(roundRobin);
    }

    double weightedHealthy() {
      return median(weightedHealthy);
    }

    double weightedSlowed() {
      return median(weightedSlowed);
    }

    double roundRobinSlowed() {
      return median(roundRobinSlowed);
    }

    private static double median(List<Double> windows) {
      double[] sorted = windows.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
      return "p99 in ms, healthy and slowed: weighted-least-latency %.1f %.1f, round-robin %.1f %.1f; windows %s"
          .formatted(
              weightedHealthy(),
              weightedSlowed(),
              median(roundRobinHealthy),
              roundRobinSlowed(),
              Arrays.asList(weightedHealthy, weightedSlowed, roundRobinHealthy, roundRobinSlowed));
    }
  }
}
