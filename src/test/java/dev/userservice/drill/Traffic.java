package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * One client per process that repeatedly writes a user and reads it with the token of the write.
 * Every request must succeed and every read must show the write.
 */
final class Traffic {

  private static final long PAUSE_MILLIS = 5;
  private static final int LEAST = 20;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final List<UserClient> clients = new ArrayList<>();
  private final List<Future<Void>> flows = new ArrayList<>();
  private final List<AtomicLong> exchanges = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean ending;

  /** An event during the traffic. */
  interface Disturbance {
    void happen() throws Exception;
  }

  /** Causes an event that must not affect requests for users, and checks that it does not. */
  static void flowsDuring(String what, List<ServiceProcess> processes, Disturbance disturbance)
      throws Exception {
    Traffic traffic = new Traffic(processes);
    try {
      traffic.begin();
      disturbance.happen();
      traffic.endUndisturbed(what);
    } finally {
      traffic.ending = true;
      traffic.clients.forEach(UserClient::close);
    }
  }

  private Traffic(List<ServiceProcess> processes) {
    for (ServiceProcess process : processes) {
      clients.add(new UserClient(process.address(""), 1));
      exchanges.add(new AtomicLong());
    }
  }

  /** Waits until the first requests of a process, which take longer, are answered. */
  private void begin() {
    for (int index = 0; index < clients.size(); index++) {
      int each = index;
      flows.add(clients.get(each).start(() -> flow(each)));
    }
    Awaitility.await().atMost(BOUND).until(() -> least() >= LEAST);
    exchanges.forEach(count -> count.set(0));
    longestNanos.set(0);
  }

  private void endUndisturbed(String what) {
    ending = true;
    flows.forEach(flow -> EventLoops.await(flow, BOUND));
    System.out.printf(
        "leader drill: while %s, writes read back by each process %s, longest %d ms, failed %s%n",
        what, exchanges, longestNanos.get() / 1_000_000, failures);
    assertThat(failures).isEmpty();
    assertThat(least()).isGreaterThanOrEqualTo(LEAST);
    assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(LONGEST);
  }

  private long least() {
    return exchanges.stream().mapToLong(AtomicLong::get).min().orElseThrow();
  }

  private Future<Void> flow(int index) {
    Promise<Void> end = Promise.promise();
    exchange(index, 0, end);
    return end.future();
  }

  private void exchange(int index, long counter, Promise<Void> end) {
    if (ending) {
      end.complete();
      return;
    }
    UserClient client = clients.get(index);
    long id = 1L + index;
    long began = System.nanoTime();
    client
        .put(id, counter, null)
        .compose(written -> readBack(client, id, written))
        .onComplete(
            read -> {
              note(id, counter, read.result());
              exchanges.get(index).incrementAndGet();
              longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
              client.vertx().setTimer(PAUSE_MILLIS, timer -> exchange(index, counter + 1, end));
            });
  }

  private static Future<UserAnswer> readBack(UserClient client, long id, UserAnswer written) {
    return written.successful()
        ? client.get(id, null, written.token())
        : Future.succeededFuture(written);
  }

  private void note(long id, long count, UserAnswer answer) {
    if (!answer.successful()) {
      failures.add("user %d: %d %s".formatted(id, answer.status(), answer.problem()));
    } else if (answer.counter() != count) {
      failures.add("user %d: %d was written, %d read".formatted(id, count, answer.counter()));
    }
  }
}
