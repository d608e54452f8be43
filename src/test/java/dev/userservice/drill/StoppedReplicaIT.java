package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.embedded.EmbeddedServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A replica that hangs fails no read, and costs each client one bounded timeout at most. */
final class StoppedReplicaIT {

  private static final int CLIENTS = 8;
  private static final int WARM_UP_READS = 500;
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final Duration READ_DEADLINE = Duration.ofSeconds(1);
  private static final Duration HANG = Duration.ofSeconds(5);

  @Test
  void hangingReplicaCostsOneBoundedTimeoutPerClient() throws Exception {
    long seed = System.nanoTime();
    System.out.println("stop drill: seed " + seed);
    long user = new FreshIds(seed).next();
    try (DrillCluster cluster = DrillCluster.start("drill-stop", 1);
        ServiceProcess service =
            cluster.service("-Dusers.datasource.read-deadline=" + READ_DEADLINE.toMillis() + "ms");
        Readers readers = new Readers(service, user)) {
      readers.start();
      readers.awaitMore(WARM_UP_READS);
      readers.forget();
      strike(cluster, readers);
      readers.stop();
      check(readers.all);
    }
  }

  private static void strike(DrillCluster cluster, Readers readers) {
    EmbeddedServer hanging = cluster.replicas(0).get(0);
    cluster.servers().pause(hanging);
    try {
      DrillTime.pass(HANG);
    } finally {
      cluster.servers().resume(hanging);
    }
    readers.awaitMore(100);
  }

  private static void check(List<Reader> readers) {
    long longest = readers.stream().mapToLong(Reader::longestNanos).max().orElseThrow();
    System.out.printf(
        "stop drill: %d reads, longest %d ms, long ones by client %s%n",
        readers.stream().mapToLong(Reader::count).sum(),
        longest / 1_000_000,
        readers.stream().map(Reader::timeouts).toList());
    for (Reader reader : readers) {
      assertThat(reader.failures()).isEmpty();
      assertThat(reader.timeouts()).isLessThanOrEqualTo(1);
    }
    // The deadline is checked four times in its duration; the rest is for the second attempt.
    assertThat(Duration.ofNanos(longest))
        .isLessThan(READ_DEADLINE.multipliedBy(3).dividedBy(2).plusMillis(500));
  }

  /** The clients, each with its own connection. */
  private static final class Readers implements AutoCloseable {

    private final List<UserClient> clients = new ArrayList<>();
    private final List<Reader> all = new ArrayList<>();
    private final List<Future<Void>> ends = new ArrayList<>();

    Readers(ServiceProcess service, long user) {
      for (int each = 0; each < CLIENTS; each++) {
        UserClient client = new UserClient(service.address("/"), 1);
        clients.add(client);
        all.add(new Reader(client, user));
      }
      UserClient first = clients.get(0);
      assertThat(first.run(() -> first.put(user, 1, null), BOUND).successful()).isTrue();
      Awaitility.await()
          .atMost(BOUND)
          .until(() -> first.run(() -> first.get(user, null, null), BOUND).successful());
    }

    void start() {
      for (int each = 0; each < CLIENTS; each++) {
        ends.add(clients.get(each).start(all.get(each)::run));
      }
    }

    void stop() {
      all.forEach(Reader::stop);
      ends.forEach(end -> EventLoops.await(end, BOUND));
    }

    void forget() {
      all.forEach(Reader::forget);
    }

    /** Waits until every client has made this many more reads. */
    void awaitMore(long reads) {
      List<Long> before = all.stream().map(Reader::count).toList();
      Awaitility.await()
          .atMost(BOUND)
          .until(
              () ->
                  IntStream.range(0, CLIENTS)
                      .allMatch(each -> all.get(each).count() >= before.get(each) + reads));
    }

    @Override
    public void close() {
      clients.forEach(UserClient::close);
    }
  }

  /** Reads one user repeatedly. */
  private static final class Reader {

    private final UserClient client;
    private final long user;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Promise<Void> end = Promise.promise();
    private volatile boolean stopped;

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

    /** Forgets slow reads until now, which are due to the service's start. */
    void forget() {
      timeouts.set(0);
      longestNanos.set(0);
    }

    long count() {
      return count.get();
    }

    long timeouts() {
      return timeouts.get();
    }

    long longestNanos() {
      return longestNanos.get();
    }

    List<String> failures() {
      return List.copyOf(failures);
    }

    private void read(UserAnswer answer, long begin) {
      long took = System.nanoTime() - begin;
      longestNanos.accumulateAndGet(took, Math::max);
      timeouts.addAndGet(took > READ_DEADLINE.toNanos() / 2 ? 1 : 0);
      if (!answer.successful()) {
        failures.add(answer.toString());
      }
      count.incrementAndGet();
      run();
    }
  }
}
