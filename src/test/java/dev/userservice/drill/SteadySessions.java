package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions that repeatedly write their user and read it with the token of the answer, or only write
 * it, with a short pause between two rounds. Every wrong answer is recorded; no request is
 * repeated.
 */
final class SteadySessions {

  private static final Duration REST = Duration.ofMillis(40);

  private final UserClient client;
  private final FreshIds ids;
  private final int sessions;
  private final boolean reading;
  private final AtomicLong requests = new AtomicLong();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  SteadySessions(UserClient client, FreshIds ids, int sessions) {
    this(client, ids, sessions, true);
  }

  private SteadySessions(UserClient client, FreshIds ids, int sessions, boolean reading) {
    this.client = client;
    this.ids = ids;
    this.sessions = sessions;
    this.reading = reading;
  }

  /** Sessions that do not read. */
  static SteadySessions writing(UserClient client, FreshIds ids, int sessions) {
    return new SteadySessions(client, ids, sessions, false);
  }

  /** Runs until {@link #stop}; call it on the client's event loop. */
  Future<Void> run() {
    List<Future<Void>> ends = new ArrayList<>();
    for (int session = 0; session < sessions; session++) {
      Promise<Void> end = Promise.promise();
      write(ids.next(), 1, new Session(true), end);
      ends.add(end.future());
    }
    return Future.all(ends).mapEmpty();
  }

  void stop() {
    stopped = true;
  }

  /** The number of requests that were answered, correctly or not. */
  long requests() {
    return requests.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  private void write(long user, long counter, Session session, Promise<Void> end) {
    if (stopped) {
      end.complete();
      return;
    }
    client
        .put(user, counter, session.token())
        .onSuccess(
            answer -> {
              check("PUT", user, counter, answer);
              session.saw(answer);
              if (reading) {
                read(user, counter, session, end);
              } else {
                rest(user, counter, session, end);
              }
            });
  }

  private void read(long user, long counter, Session session, Promise<Void> end) {
    client
        .get(user, null, session.token())
        .onSuccess(
            answer -> {
              check("GET", user, counter, answer);
              session.saw(answer);
              rest(user, counter, session, end);
            });
  }

  private void rest(long user, long counter, Session session, Promise<Void> end) {
    client.vertx().setTimer(REST.toMillis(), rested -> write(user, counter + 1, session, end));
  }

  private void check(String what, long user, long counter, UserAnswer answer) {
    requests.incrementAndGet();
    if (!answer.successful() || answer.counter() != counter) {
      failures.add("%s %d, counter %d: %s".formatted(what, user, counter, answer));
    }
  }
}
