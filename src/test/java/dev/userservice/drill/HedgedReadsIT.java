package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** If a server is slow, another one answers the read, and hedged reads stay within their budget. */
final class HedgedReadsIT {

  private static final Duration SLOWNESS = Duration.ofMillis(400);
  private static final Duration WINDOW = Duration.ofSeconds(4);
  private static final int READS_PER_SECOND = 500;
  private static final double BUDGET = 0.05;
  private static final int BURST = 10;

  @Test
  void slowReadsAreHedgedWithinTheBudget() throws Exception {
    long seed = System.nanoTime();
    System.out.println("hedge drill: seed " + seed);
    try (DrillCluster cluster = DrillCluster.start("drill-hedge", 1);
        ProxiedServers proxied = ProxiedServers.before(cluster.topology());
        ServiceProcess service =
            cluster.service(
                proxied.topology(),
                "hedging",
                "-Dusers.routing.strategy=round-robin",
                "-Dusers.routing.hedging.enabled=true");
        UserClient client = new UserClient(service.address("/"), 256)) {
      List<Long> users = LongStream.generate(new FreshIds(seed)::next).limit(50).boxed().toList();
      client.run(
          () ->
              Future.all(users.stream().map(user -> client.put(user, 1, null)).toList())
                  .map(CompositeFuture::size),
          Duration.ofSeconds(30));
      load(client, users, seed);
      proxied.proxy(cluster.replicas(0).get(0).endpoint()).delay(SLOWNESS, Duration.ZERO);
      int slowed = load(client, users, seed + 1).latencies().count();
      double hedges = service.metric("users_routing_hedges_total");
      double reads = service.metric("users_routing_answers_total");
      double won = service.metric("users_routing_answers_total", "reason=\"hedged\"");
      System.out.printf(
          "hedge drill: %d reads while slowed, %.0f hedged of %.0f in all, %.0f won%n",
          slowed, hedges, reads, won);
      assertThat(won).isPositive();
      assertThat(hedges).isGreaterThanOrEqualTo(won).isLessThanOrEqualTo(BUDGET * reads + BURST);
    }
  }

  private static ConstantLoad load(UserClient client, List<Long> users, long seed) {
    ConstantLoad load =
        client.run(
            () -> new ConstantLoad(client, users, READS_PER_SECOND, seed).run(WINDOW),
            WINDOW.plusSeconds(60));
    assertThat(load.tally().failures()).isEmpty();
    return load;
  }
}
