package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sessions that only read what other clients write: no session may see a user's counter decrease.
 * Runs until the pairs are complete, on the same event loop.
 */
final class MonotonicReaders {

  private static final int READERS = 4;
  private static final int READS_OF_ONE_USER = 100;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 20;

  private final UserClient client;
  private final WriteReadPairs writers;
  private final boolean withTokens;
  private final ReadTally tally = new ReadTally();

  MonotonicReaders(UserClient client, WriteReadPairs writers, boolean withTokens) {
    this.client = client;
    this.writers = writers;
    this.withTokens = withTokens;
  }

  Future<Void> run(long seed) {
    List<Future<Void>> readers = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      readers.add(new Reader(new Random(seed + reader)).run());
    }
    return Future.all(readers).mapEmpty();
  }

  ReadTally tally() {
    return tally;
  }

  private final class Reader {

    private final Random random;
    private final Session session = new Session(withTokens);
    private final Map<Long, Long> highestSeen = new HashMap<>();
    private final Promise<Void> end = Promise.promise();
    private long user;
    private int readsLeft;

    Reader(Random random) {
      this.random = random;
    }

    Future<Void> run() {
      next();
      return end.future();
    }

    private void next() {
      if (writers.done()) {
        end.complete();
        return;
      }
      if (readsLeft-- == 0) {
        readsLeft = READS_OF_ONE_USER;
        user = writers.anyUser(random);
      }
      client.get(user, withTokens ? null : "eventual", session.token()).onSuccess(this::read);
    }

    private void read(UserAnswer answer) {
      if (answer.sessionLost()) {
        tally.sessionLost();
        session.restart();
        highestSeen.clear();
        next();
        return;
      }
      if (!answer.successful() && !answer.notFound()) {
        tally.failed(answer);
        client.vertx().setTimer(PAUSE_AFTER_FAILURE_MILLIS, fired -> next());
        return;
      }
      session.saw(answer);
      tally.checked(answer);
      long highest = highestSeen.getOrDefault(user, -1L);
      if (answer.counter() < highest) {
        tally.broken("user " + user + " seen at " + highest, answer);
      }
      highestSeen.put(user, Math.max(highest, answer.counter()));
      next();
    }
  }
}
