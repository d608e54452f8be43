package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that read the heartbeat and compare each answer with a bound on its age. */
final class HeartbeatReaders {

  private static final int READERS = 4;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 20;

  private final UserClient client;
  private final Heartbeat heartbeat;
  private final String consistency;
  private final Duration bound;
  private final ReadTally tally = new ReadTally();
  private long greatestAgeNanos;

  /**
   * Readers that check a bound.
   *
   * @param consistency the header they send
   */
  HeartbeatReaders(UserClient client, Heartbeat heartbeat, String consistency, Duration bound) {
    this.client = client;
    this.heartbeat = heartbeat;
    this.consistency = consistency;
    this.bound = bound;
  }

  static HeartbeatReaders bounded(UserClient client, Heartbeat heartbeat, Duration bound) {
    return new HeartbeatReaders(client, heartbeat, "bounded=" + bound.toMillis(), bound);
  }

  Future<Void> runUntil(long endNanos) {
    List<Future<Void>> readers = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      Promise<Void> end = Promise.promise();
      read(endNanos, end);
      readers.add(end.future());
    }
    return Future.all(readers).mapEmpty();
  }

  ReadTally tally() {
    return tally;
  }

  private void read(long endNanos, Promise<Void> end) {
    long sentAt = System.nanoTime();
    if (sentAt - endNanos >= 0) {
      end.complete();
      return;
    }
    client
        .get(heartbeat.user(), consistency, null)
        .onSuccess(
            answer -> {
              check(answer, sentAt);
              long pause = answer.successful() ? 1 : PAUSE_AFTER_FAILURE_MILLIS;
              client.vertx().setTimer(pause, fired -> read(endNanos, end));
            });
  }

  private void check(UserAnswer answer, long sentAt) {
    if (!answer.successful() && !answer.notFound()) {
      tally.failed(answer);
      return;
    }
    tally.checked(answer);
    long least = heartbeat.acknowledgedBefore(sentAt - bound.toNanos());
    greatestAgeNanos = Math.max(greatestAgeNanos, heartbeat.ageOf(answer.counter(), sentAt));
    if (Math.max(0, answer.counter()) < least) {
      tally.broken(least + " beats", answer);
    }
  }

  @Override
  public String toString() {
    return "%s held to %d ms: %s, at most %d ms old"
        .formatted(consistency, bound.toMillis(), tally, greatestAgeNanos / 1_000_000);
  }
}
