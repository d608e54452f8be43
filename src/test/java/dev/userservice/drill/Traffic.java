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

/**
 * A client per process that writes a user and reads it back with the token of the write, again and
 * again: every request must succeed and every read must show what was just written.
 */
final class Traffic {

  private static final long PAUSE_MILLIS = 5;
  private static final int LEAST = 20;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofMinutes(1);

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean ending;

  /** What is done while the traffic flows. */
  interface Disturbance {
    void happen() throws Exception;
  }

  /** Lets something happen to what the processes do not need for users, and sees that so it is. */
  static void flowsDuring(String what, List<ServiceProcess> processes, Disturbance disturbance)
      throws Exception {
    Traffic traffic = new Traffic();
    List<UserClient> clients = new ArrayList<>();
    List<Future<Long>> flows = new ArrayList<>();
    try {
      for (ServiceProcess process : processes) {
        UserClient client = new UserClient(process.address(""), 1);
        clients.add(client);
        long id = clients.size();
        flows.add(client.start(() -> traffic.flow(client, id)));
      }
      disturbance.happen();
      traffic.ending = true;
      List<Long> exchanges = flows.stream().map(flow -> EventLoops.await(flow, END)).toList();
      System.out.printf(
          "leader drill: while %s, writes read back by each process %s, longest %d ms, failed %s%n",
          what, exchanges, traffic.longestNanos.get() / 1_000_000, traffic.failures);
      assertThat(traffic.failures).isEmpty();
      assertThat(exchanges).allMatch(count -> count >= LEAST);
      assertThat(Duration.ofNanos(traffic.longestNanos.get())).isLessThan(LONGEST);
    } finally {
      traffic.ending = true;
      clients.forEach(UserClient::close);
    }
  }

  private Future<Long> flow(UserClient client, long id) {
    Promise<Long> end = Promise.promise();
    exchange(client, id, 0, end);
    return end.future();
  }

  private void exchange(UserClient client, long id, long count, Promise<Long> end) {
    if (ending) {
      end.complete(count);
      return;
    }
    long began = System.nanoTime();
    client
        .put(id, count, null)
        .compose(written -> readBack(client, id, written))
        .onComplete(
            read -> {
              note(id, count, read.result());
              longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
              client.vertx().setTimer(PAUSE_MILLIS, timer -> exchange(client, id, count + 1, end));
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
