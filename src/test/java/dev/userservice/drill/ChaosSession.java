package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Random;

/**
 * One session: it writes users of its own and some that all sessions write, and reads any user at
 * any level, each time through any process, always with its last token. It repeats nothing, and
 * every call is an event of the history.
 */
final class ChaosSession {

  private static final String[] LEVELS = {
    "strong", "strong", "session", "session", "bounded=500", "eventual"
  };
  private static final int MOST_PAUSE_MILLIS = 40;

  private final String name;
  private final ChaosClients clients;
  private final Random random;
  private final Session session = new Session(true);
  private final Promise<Void> end = Promise.promise();
  private long own;

  ChaosSession(String name, ChaosClients clients, Random random) {
    this.name = name;
    this.clients = clients;
    this.random = random;
    this.own = clients.newUser();
  }

  /** Runs until the clients are stopped. */
  Future<Void> run() {
    next();
    return end.future();
  }

  private void next() {
    if (clients.stopped()) {
      end.complete();
      return;
    }
    double choice = random.nextDouble();
    Future<?> call;
    if (choice < 0.02) {
      own = clients.newUser();
      call = write(own);
    } else if (choice < 0.3) {
      call = write(own);
    } else if (choice < 0.4) {
      call = write(clients.shared(random));
    } else if (choice < 0.6) {
      call = read(own);
    } else if (choice < 0.75) {
      call = read(clients.shared(random));
    } else {
      call = read(clients.any(random));
    }
    call.onComplete(done -> clients.after(1 + random.nextInt(MOST_PAUSE_MILLIS), this::next));
  }

  private Future<UserAnswer> write(long user) {
    long value = clients.newValue();
    return clients
        .any(random, client -> client.put(name, user, value, session.token()))
        .onSuccess(
            answer -> {
              session.saw(answer);
              if (answer.successful()) {
                clients.wrote(user);
              }
            });
  }

  private Future<UserAnswer> read(long user) {
    return read(user, LEVELS[random.nextInt(LEVELS.length)]);
  }

  /** Reads a user; a session that is lost begins anew. */
  Future<UserAnswer> read(long user, String level) {
    return clients
        .any(random, client -> client.get(name, user, level, level, session.token()))
        .onSuccess(
            answer -> {
              if (answer.sessionLost()) {
                session.restart();
              } else {
                session.saw(answer);
              }
            });
  }
}
