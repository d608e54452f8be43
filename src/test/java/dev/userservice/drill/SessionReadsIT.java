package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.history.History;
import dev.userservice.history.Violation;
import dev.userservice.history.Violation.Promise;
import io.vertx.core.Future;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A session never reads less than it has written or read before, while a replica lags and during a
 * promotion. Without tokens it does.
 */
final class SessionReadsIT {

  private static final Duration BOUND = Duration.ofMinutes(25);
  private static final int CONNECTIONS = 64;
  private static final int STRUCK = 0;

  @Test
  void sessionsReadTheirWrites() throws Exception {
    run(6_000, 2_000);
  }

  @Test
  @Tag("deep")
  void aMillionPairsReadTheirWrites() throws Exception {
    run(Long.getLong("drill.pairs", 1_000_000), 10_000);
  }

  private static void run(long pairs, long pairsWithoutTokens) throws Exception {
    long seed = System.nanoTime();
    System.out.println("session drill: seed " + seed);
    FreshIds ids = new FreshIds(seed);
    try (DrillCluster cluster = DrillCluster.start("drill-session", 2);
        ServiceProcess service = cluster.service();
        UserClient client = new UserClient(service.address("/"), CONNECTIONS)) {
      Workload without = new Workload(client, ids, false, pairsWithoutTokens);
      try (LaggingReplica lagging = LaggingReplica.delayedAndPaused(cluster, STRUCK, seed)) {
        lagging.start();
        without.start(seed);
        without.awaitEnd();
      }
      Workload with = new Workload(client, ids, true, pairs);
      try (LaggingReplica lagging = LaggingReplica.delayedAndPaused(cluster, STRUCK, seed)) {
        lagging.start();
        with.start(seed + 1);
        with.awaitHalf();
        lagging.pauseNoMore();
        cluster.replacePrimary(STRUCK);
        lagging.pauseAgain();
        with.awaitEnd();
      }
      without.assertStale();
      with.assertNeverStale(pairs, seed);
    }
  }

  /** Pairs and monotonic readers at the same time. */
  private static final class Workload {

    private final UserClient client;
    private final History history = new History();
    private final WriteReadPairs pairs;
    private final MonotonicReaders readers;
    private final long wanted;
    private final String name;
    private Future<Void> end = Future.succeededFuture();
    private long begin;

    Workload(UserClient client, FreshIds ids, boolean withTokens, long wanted) {
      this.client = client;
      this.pairs = new WriteReadPairs(client, history, ids, withTokens, wanted);
      this.readers = new MonotonicReaders(client, history, pairs, withTokens);
      this.wanted = wanted;
      this.name = withTokens ? "with tokens" : "without tokens";
    }

    void start(long seed) {
      begin = System.nanoTime();
      end = client.start(() -> Future.all(pairs.run(seed), readers.run(seed + 1_000)).mapEmpty());
    }

    void awaitHalf() {
      Awaitility.await().atMost(BOUND).until(() -> pairs.tally().checked() >= wanted / 2);
    }

    void awaitEnd() throws Exception {
      pairs.mayEnd();
      EventLoops.await(end, BOUND);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      System.out.printf(
          "session drill, %s: %s, %d failed writes, in %d s%n",
          name, pairs.tally(), pairs.failedWrites(), took.toSeconds());
      System.out.printf("session drill, readers %s: %s%n", name, readers.tally());
    }

    void assertStale() {
      assertThat(history.violations())
          .extracting(Violation::promise)
          .contains(Promise.READ_YOUR_WRITES, Promise.MONOTONIC_READS);
    }

    void assertNeverStale(long pairsWanted, long seed) throws Exception {
      KeptHistory.assertKept(history, history.violations(), "session", seed);
      assertThat(pairs.tally().checked()).isGreaterThanOrEqualTo(pairsWanted);
      System.out.println("session drill, failed reads: " + pairs.tally().failures());
    }
  }
}
