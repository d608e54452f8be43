package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A user that one client writes every few milliseconds, each time with the next number. Records
 * when each write was acknowledged. Belongs to the client's event loop.
 */
final class Heartbeat {

  private static final long EVERY_NANOS = 5_000_000;

  private final UserClient client;
  private final long user;
  private final AtomicLong failed = new AtomicLong();
  private long[] acknowledgedAt = new long[1_024];
  private int count;

  Heartbeat(UserClient client, long user) {
    this.client = client;
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

  /**
   * The number of writes acknowledged before the given moment: the lowest number that an answer may
   * show.
   */
  long acknowledgedBefore(long nanos) {
    int found = Arrays.binarySearch(acknowledgedAt, 0, count, nanos);
    return found >= 0 ? found : -found - 1;
  }

  /** How long before the given moment the first write that an answer lacks was acknowledged. */
  long ageOf(long seen, long nanos) {
    int next = (int) Math.max(0, seen);
    return next < count ? Math.max(0, nanos - acknowledgedAt[next]) : 0;
  }

  void acknowledged(long nanos) {
    if (count == acknowledgedAt.length) {
      acknowledgedAt = Arrays.copyOf(acknowledgedAt, 2 * count);
    }
    acknowledgedAt[count++] = nanos;
  }

  private void beat(long endNanos, Promise<Void> end) {
    long begin = System.nanoTime();
    if (begin - endNanos >= 0) {
      end.complete();
      return;
    }
    client
        .put(user, count + 1L, null)
        .onSuccess(
            answer -> {
              long now = System.nanoTime();
              if (answer.successful()) {
                acknowledged(now);
              } else {
                failed.incrementAndGet();
              }
              long millis = Math.max(1, (begin + EVERY_NANOS - now) / 1_000_000);
              client.vertx().setTimer(millis, fired -> beat(endNanos, end));
            });
  }
}
