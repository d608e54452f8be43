package dev.userservice.drill;

import dev.userservice.history.History;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Clients that read the heartbeat and are held to a bound on its age, whatever they ask for. */
final class HeartbeatReaders {

  private static final int READERS = 4;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 20;

  private final UserClient client;
  private final RecordedClient recorded;
  private final Heartbeat heartbeat;
  private final String consistency;
  private final String promised;
  private final ReadTally tally = new ReadTally();

  /**
   * Readers of a heartbeat.
   *
   * @param consistency the header they send
   * @param promised the level that they are held to
   */
  HeartbeatReaders(
      UserClient client,
      History history,
      Heartbeat heartbeat,
      String consistency,
      String promised) {
    this.client = client;
    this.recorded = new RecordedClient(client, history);
    this.heartbeat = heartbeat;
    this.consistency = consistency;
    this.promised = promised;
  }

  Future<Void> runUntil(long endNanos) {
    List<Future<Void>> readers = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      Promise<Void> end = Promise.promise();
      read(consistency + "-" + reader, endNanos, end);
      readers.add(end.future());
    }
    return Future.all(readers).mapEmpty();
  }

  ReadTally tally() {
    return tally;
  }

  /** Whether one of these readers has this name as a session. */
  boolean has(String session) {
    return session.startsWith(consistency + "-");
  }

  private void read(String session, long endNanos, Promise<Void> end) {
    if (System.nanoTime() - endNanos >= 0) {
      end.complete();
      return;
    }
    recorded
        .get(session, heartbeat.user(), consistency, promised, null)
        .onSuccess(
            answer -> {
              count(answer);
              long pause = answer.successful() ? 1 : PAUSE_AFTER_FAILURE_MILLIS;
              client.vertx().setTimer(pause, fired -> read(session, endNanos, end));
            });
  }

  private void count(UserAnswer answer) {
    if (answer.successful() || answer.notFound()) {
      tally.checked(answer);
    } else {
      tally.failed(answer);
    }
  }

  @Override
  public String toString() {
    return "%s held to %s: %s".formatted(consistency, promised, tally);
  }
}
