package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write a user through one process and read it back through the other, as a session.
 * Every user has one client, so its last acknowledged counter is known.
 */
final class MovingUsers {

  private static final int FLOWS = 8;

  private final UserClient writer;
  private final UserClient reader;
  private final List<Long> users;
  private final Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong exchanges = new AtomicLong();
  private final AtomicLong older = new AtomicLong();
  private volatile boolean stopped;

  MovingUsers(UserClient writer, UserClient reader, List<Long> users) {
    this.writer = writer;
    this.reader = reader;
    this.users = List.copyOf(users);
  }

  /** Starts the clients; they end after {@link #stop}. */
  Future<Void> start() {
    return writer.start(
        () -> {
          List<Future<Void>> flows = new ArrayList<>();
          for (int flow = 0; flow < FLOWS; flow++) {
            Promise<Void> end = Promise.promise();
            exchange(flow, 1, end);
            flows.add(end.future());
          }
          return Future.all(flows).mapEmpty();
        });
  }

  void stop() {
    stopped = true;
  }

  /** Requests that were not answered as they should be. */
  Queue<String> failures() {
    return failures;
  }

  /** The last counter of each user that was acknowledged. */
  Map<Long, Long> acknowledged() {
    return acknowledged;
  }

  /** How often a user was written and read back. */
  long exchanges() {
    return exchanges.get();
  }

  /**
   * How often a reader was shown an older counter: by a replica of the former owner that had not
   * replayed the move yet, in a process that had not learned of it yet.
   */
  long older() {
    return older.get();
  }

  private void exchange(int turn, long counter, Promise<Void> end) {
    if (stopped) {
      end.complete();
      return;
    }
    long id = users.get(turn % users.size());
    writer
        .put(id, counter, null)
        .compose(
            written -> {
              note(id, "PUT", written);
              if (written.successful()) {
                acknowledged.put(id, counter);
              }
              return reader.start(() -> reader.get(id, null, written.token()));
            })
        .onComplete(
            read -> {
              note(id, "GET", read.result());
              if (read.result().successful() && read.result().counter() < counter) {
                older.incrementAndGet();
              }
              exchanges.incrementAndGet();
              writer.vertx().runOnContext(next -> exchange(turn + FLOWS, counter + 1, end));
            });
  }

  private void note(long id, String method, UserAnswer answer) {
    if (!answer.successful()) {
      failures.add("%s %d: %d %s".formatted(method, id, answer.status(), answer.problem()));
    }
  }
}
