package dev.userservice.drill;

import dev.userservice.history.History;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A user that one client writes every few milliseconds, each time with the next number. Belongs to
 * the client's event loop.
 */
final class Heartbeat {

  private static final long EVERY_NANOS = 5_000_000;

  private final UserClient client;
  private final RecordedClient recorded;
  private final long user;
  private final AtomicLong failed = new AtomicLong();
  private long last;

  Heartbeat(UserClient client, History history, long user) {
    this.client = client;
    this.recorded = new RecordedClient(client, history);
    this.user = user;
  }

  long user() {
    return user;
  }

  long failed() {
    return failed.get();
  }

  /** Writes until the given moment. */
  Future<Void> runUntil(long endNanos) {
    Promise<Void> end = Promise.promise();
    beat(endNanos, end);
    return end.future();
  }

  private void beat(long endNanos, Promise<Void> end) {
    long begin = System.nanoTime();
    if (begin - endNanos >= 0) {
      end.complete();
      return;
    }
    recorded
        .put("heartbeat", user, ++last, null)
        .onSuccess(
            answer -> {
              long now = System.nanoTime();
              if (!answer.successful()) {
                failed.incrementAndGet();
              }
              long millis = Math.max(1, (begin + EVERY_NANOS - now) / 1_000_000);
              client.vertx().setTimer(millis, fired -> beat(endNanos, end));
            });
  }
}
