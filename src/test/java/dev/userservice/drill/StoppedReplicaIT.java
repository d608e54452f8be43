package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.embedded.EmbeddedServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A replica that hangs fails no read, and costs each client one bounded timeout at most. */
final class StoppedReplicaIT {

  private static final int CLIENTS = 16;
  private static final Duration READ_DEADLINE = Duration.ofSeconds(1);
  private static final Duration HANG = Duration.ofSeconds(5);

  @Test
  void aHangingReplicaCostsOneBoundedTimeoutPerClient() throws Exception {
    long seed = System.nanoTime();
    System.out.println("stop drill: seed " + seed);
    try (DrillCluster cluster = DrillCluster.start("drill-stop", 1);
        ServiceProcess service =
            cluster.service("-Dusers.datasource.read-deadline=" + READ_DEADLINE.toMillis() + "ms");
        UserClient client = new UserClient(service.address("/"), CLIENTS)) {
      long user = new FreshIds(seed).next();
      client.run(() -> client.put(user, 1, null), Duration.ofSeconds(30));
      List<Reader> readers = new ArrayList<>();
      for (int each = 0; each < CLIENTS; each++) {
        readers.add(new Reader(client, user));
      }
      long begin = System.nanoTime();
      Future<Void> end =
          client.start(
              () -> Future.all(readers.stream().map(Reader::run).toList()).mapEmpty());
      EmbeddedServer hanging = cluster.replicas(0).get(0);
      awaitReads(readers, 500);
      cluster.servers().pause(hanging);
      try {
        DrillTime.pass(HANG);
      } finally {
        cluster.servers().resume(hanging);
      }
      awaitReads(readers, 100);
      readers.forEach(Reader::stop);
      EventLoops.await(end, Duration.ofSeconds(30));
      check(readers, Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private static void check(List<Reader> readers, Duration took) {
    long longest = readers.stream().mapToLong(reader -> reader.longestNanos).max().orElseThrow();
    System.out.printf(
        "stop drill: %d reads in %d ms, longest %d ms, long ones by client %s%n",
        readers.stream().mapToLong(reader -> reader.count.get()).sum(),
        took.toMillis(),
        longest / 1_000_000,
        readers.stream().map(reader -> reader.timeouts).toList());
    for (Reader reader : readers) {
      assertThat(reader.failures).isEmpty();
      assertThat(reader.timeouts).isLessThanOrEqualTo(1);
    }
    // The deadline is looked at four times while it passes; the rest is for the second attempt.
    assertThat(Duration.ofNanos(longest))
        .isLessThan(READ_DEADLINE.multipliedBy(3).dividedBy(2).plusMillis(500));
  }

  private static void awaitReads(List<Reader> readers, long more) {
    List<Long> before = readers.stream().map(reader -> reader.count.get()).toList();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (int each = 0; each < readers.size(); each++) {
                if (readers.get(each).count.get() < before.get(each) + more) {
                  return false;
                }
              }
              return true;
            });
  }

  /** Reads one user again and again. */
  private static final class Reader {

    private final UserClient client;
    private final long user;
    private final AtomicLong count = new AtomicLong();
    private final List<String> failures = new ArrayList<>();
    private final Promise<Void> end = Promise.promise();
    private volatile boolean stopped;
    private int timeouts;
    private long longestNanos;

    Reader(UserClient client, long user) {
      this.client = client;
      this.user = user;
    }

    Future<Void> run() {
      if (stopped) {
        end.complete();
        return end.future();
      }
      long begin = System.nanoTime();
      client.get(user, null, null).onSuccess(answer -> read(answer, begin));
      return end.future();
    }

    void stop() {
      stopped = true;
    }

    private void read(UserAnswer answer, long begin) {
      long took = System.nanoTime() - begin;
      longestNanos = Math.max(longestNanos, took);
      timeouts += took > READ_DEADLINE.toNanos() / 2 ? 1 : 0;
      if (!answer.successful()) {
        failures.add(answer.toString());
      }
      count.incrementAndGet();
      run();
    }
  }
}
