package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bounded read is never older than its bound, compared with the client's own record. */
final class BoundedReadsIT {

  private static final int CONNECTIONS = 64;

  @Test
  void boundedReadsKeepTheirBound() throws Exception {
    run(Duration.ofSeconds(6));
  }

  @Test
  @Tag("deep")
  void boundedReadsKeepTheirBoundForLong() throws Exception {
    run(Duration.ofSeconds(90));
  }

  private static void run(Duration time) throws Exception {
    long seed = System.nanoTime();
    System.out.println("bounded drill: seed " + seed);
    try (DrillCluster cluster = DrillCluster.start("drill-bounded", 1);
        ServiceProcess service = cluster.service("-Dusers.replication.probe-interval=25ms");
        UserClient client = new UserClient(service.address("/"), CONNECTIONS)) {
      Heartbeat heartbeat = new Heartbeat(client, new FreshIds(seed).next());
      List<HeartbeatReaders> bounded =
          Stream.of(50, 200, 1_000)
              .map(millis -> HeartbeatReaders.bounded(client, heartbeat, Duration.ofMillis(millis)))
              .toList();
      HeartbeatReaders unbounded =
          new HeartbeatReaders(client, heartbeat, "eventual", Duration.ofMillis(50));
      read(cluster, client, heartbeat, bounded, unbounded, time, seed);
      Stream.concat(bounded.stream(), Stream.of(unbounded))
          .forEach(readers -> System.out.println("bounded drill: " + readers));
      assertThat(heartbeat.failed()).as("failed beats").isZero();
      assertThat(unbounded.tally().broken()).as("old answers without a bound").isPositive();
      for (HeartbeatReaders readers : bounded) {
        assertThat(readers.tally().examples()).as(readers.toString()).isEmpty();
        assertThat(readers.tally().checked()).as(readers.toString()).isPositive();
      }
    }
  }

  private static void read(
      DrillCluster cluster,
      UserClient client,
      Heartbeat heartbeat,
      List<HeartbeatReaders> bounded,
      HeartbeatReaders unbounded,
      Duration time,
      long seed)
      throws Exception {
    try (LaggingReplica paused = LaggingReplica.pausedForLong(cluster, 0, seed);
        LaggingReplica delayed = LaggingReplica.delayed(cluster, 0, seed)) {
      paused.start();
      delayed.start();
      client.run(
          () -> {
            long end = System.nanoTime() + time.toNanos();
            List<Future<Void>> all = new ArrayList<>();
            all.add(heartbeat.runUntil(end));
            all.add(unbounded.runUntil(end));
            bounded.forEach(readers -> all.add(readers.runUntil(end)));
            return Future.all(all);
          },
          time.plusSeconds(60));
    }
  }
}
