package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.history.History;
import dev.userservice.history.Violation;
import dev.userservice.history.Violation.Promise;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
      History history = new History();
      Heartbeat heartbeat = new Heartbeat(client, history, new FreshIds(seed).next());
      List<HeartbeatReaders> bounded =
          Stream.of("bounded=50", "bounded=200", "bounded=1000")
              .map(bound -> new HeartbeatReaders(client, history, heartbeat, bound, bound))
              .toList();
      HeartbeatReaders unbounded =
          new HeartbeatReaders(client, history, heartbeat, "eventual", "bounded=50");
      read(cluster, client, heartbeat, bounded, unbounded, time, seed);
      Stream.concat(bounded.stream(), Stream.of(unbounded))
          .forEach(readers -> System.out.println("bounded drill: " + readers));
      assertThat(heartbeat.failed()).as("failed beats").isZero();
      for (HeartbeatReaders readers : bounded) {
        assertThat(readers.tally().checked()).as(readers.toString()).isPositive();
      }
      Predicate<Violation> control =
          each -> each.promise() == Promise.BOUNDED && unbounded.has(each.answer().session());
      List<Violation> violations = history.violations();
      assertThat(violations).as("old answers without a bound").anyMatch(control);
      List<Violation> broken = violations.stream().filter(control.negate()).toList();
      KeptHistory.assertKept(history, broken, "bounded", seed);
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
