package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.datasource.Endpoint;
import dev.userservice.topology.Topology;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One of two replicas is slowed by 20 ms: weighted least latency avoids it, round robin does not.
 * Both strategies are measured in the same run, in alternating windows, each with the replica
 * healthy and slowed.
 */
final class SlowReplicaIT {

  private static final Duration SLOWNESS = Duration.ofMillis(20);
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final double ALLOWED_GROWTH = 1.5;
  private static final int CONNECTIONS = 256;
  private static final int USERS = 200;
  private static final int READS_PER_SECOND = 500;

  @Test
  void slowReplicaIsAvoided() throws Exception {
    Figures figures = measure(1, Duration.ofSeconds(2));
    // On a saturated machine queues take more than 20 ms, so only the share of reads is asserted.
    assertThat(figures.weightedShare).isLessThan(0.8 * figures.roundRobinShare);
    assertThat(figures.roundRobinSlowed()).isGreaterThanOrEqualTo((double) SLOWNESS.toMillis());
  }

  @Test
  @Tag("deep")
  void slowReplicaHardlyChangesTheP99() throws Exception {
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
      weightedReader.measure(users, WARM_UP, seed);
      roundRobinReader.measure(users, WARM_UP, seed);
      Figures figures = new Figures();
      Endpoint slowed = proxied.proxy(cluster.replicas(0).get(0).endpoint()).endpoint();
      DelayingProxy slow = proxied.proxy(cluster.replicas(0).get(0).endpoint());
      for (int round = 0; round < rounds; round++) {
        figures.healthy(
            weightedReader.measure(users, window, seed + round),
            roundRobinReader.measure(users, window, seed + round));
        slow.delay(SLOWNESS, Duration.ZERO);
        figures.slowed(
            weightedReader.settle(users, seed).measure(users, window, seed + round),
            roundRobinReader.settle(users, seed).measure(users, window, seed + round));
        figures.shares(weightedReader.shareOf(slowed), roundRobinReader.shareOf(slowed));
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
    private ReadTally last = new ReadTally();

    Reader(ServiceProcess service) {
      client = new UserClient(service.address("/"), CONNECTIONS);
    }

    List<Long> makeUsers(long seed) {
      FreshIds ids = new FreshIds(seed);
      List<Long> users = LongStream.generate(ids::next).limit(USERS).boxed().toList();
      List<UserAnswer> answers =
          client.run(
              () ->
                  Future.all(users.stream().map(user -> client.put(user, 1, null)).toList())
                      .map(CompositeFuture::<UserAnswer>list),
              Duration.ofSeconds(30));
      assertThat(answers).allMatch(UserAnswer::successful);
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
      last = load.tally();
      return load.latencies().p99();
    }

    /** The share of the last window's reads that one server answered. */
    double shareOf(Endpoint server) {
      return last.shareOf(server);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /**
   * The p99 of each window. Their medians are compared, so that one slow window of the machine does
   * not matter.
   */
  private static final class Figures {

    private final List<Double> weightedHealthy = new ArrayList<>();
    private final List<Double> weightedSlowed = new ArrayList<>();
    private final List<Double> roundRobinHealthy = new ArrayList<>();
    private final List<Double> roundRobinSlowed = new ArrayList<>();
    private double weightedShare;
    private double roundRobinShare;

    void healthy(double weighted, double roundRobin) {
      weightedHealthy.add(weighted);
      roundRobinHealthy.add(roundRobin);
    }

    void slowed(double weighted, double roundRobin) {
      weightedSlowed.add(weighted);
      roundRobinSlowed.add(roundRobin);
    }

    /** The shares of the reads that the slowed replica answered, in the last slowed window. */
    void shares(double weighted, double roundRobin) {
      weightedShare = weighted;
      roundRobinShare = roundRobin;
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
      return "p99 in ms, healthy and slowed: weighted-least-latency %.1f %.1f, round-robin %.1f %.1f; the slowed replica's share %.3f and %.3f; windows %s"
          .formatted(
              weightedHealthy(),
              weightedSlowed(),
              median(roundRobinHealthy),
              roundRobinSlowed(),
              weightedShare,
              roundRobinShare,
              Arrays.asList(weightedHealthy, weightedSlowed, roundRobinHealthy, roundRobinSlowed));
    }
  }
}
