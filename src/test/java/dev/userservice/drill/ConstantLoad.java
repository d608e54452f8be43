package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Point reads at a constant rate, independent of how long their answers take. A read's latency
 * counts from the moment at which it was due, so that time spent waiting behind a slow read is
 * included.
 */
final class ConstantLoad {

  private static final long TICK_NANOS = 2_000_000;

  private final UserClient client;
  private final List<Long> users;
  private final Random random;
  private final int readsPerTick;
  private final Latencies latencies = new Latencies();
  private final ReadTally tally = new ReadTally();
  private final Promise<ConstantLoad> end = Promise.promise();
  private long begin;
  private long ticks;
  private long sent;

  ConstantLoad(UserClient client, List<Long> users, int readsPerSecond, long seed) {
    this.client = client;
    this.users = users;
    this.random = new Random(seed);
    this.readsPerTick = Math.max(1, (int) (readsPerSecond * TICK_NANOS / 1_000_000_000L));
  }

  /** Reads for the given time and waits for the last answers; call it on the event loop. */
  Future<ConstantLoad> run(Duration time) {
    begin = System.nanoTime();
    long last = time.toNanos() / TICK_NANOS;
    client
        .vertx()
        .setPeriodic(
            Duration.ofNanos(TICK_NANOS).toMillis(),
            timer -> {
              sendDue(last);
              if (ticks == last) {
                client.vertx().cancelTimer(timer);
              }
            });
    return end.future();
  }

  Latencies latencies() {
    return latencies;
  }

  ReadTally tally() {
    return tally;
  }

  private void sendDue(long last) {
    long now = System.nanoTime();
    while (ticks < last && begin + (ticks + 1) * TICK_NANOS <= now) {
      ticks++;
      for (int read = 0; read < readsPerTick; read++) {
        send(begin + ticks * TICK_NANOS, last);
      }
    }
  }

  private void send(long dueAt, long last) {
    sent++;
    client
        .get(users.get(random.nextInt(users.size())), null, null)
        .onSuccess(
            answer -> {
              latencies.add(System.nanoTime() - dueAt);
              tally.checked(answer);
              if (!answer.successful()) {
                tally.failed(answer);
              }
              if (ticks == last && latencies.count() == sent) {
                end.complete(this);
              }
            });
  }
}
