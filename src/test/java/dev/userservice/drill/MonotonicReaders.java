package dev.userservice.drill;

import dev.userservice.history.History;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sessions that only read what other clients write, and are held to the promise of sessions. Runs
 * until the pairs are complete, on the same event loop.
 */
final class MonotonicReaders {

  private static final int READERS = 4;
  private static final int READS_OF_ONE_USER = 100;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 20;

  private final UserClient client;
  private final RecordedClient recorded;
  private final WriteReadPairs writers;
  private final boolean withTokens;
  private final ReadTally tally = new ReadTally();

  MonotonicReaders(UserClient client, History history, WriteReadPairs writers, boolean withTokens) {
    this.client = client;
    this.recorded = new RecordedClient(client, history);
    this.writers = writers;
    this.withTokens = withTokens;
  }

  Future<Void> run(long seed) {
    List<Future<Void>> readers = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      readers.add(new Reader("reader-" + reader, new Random(seed + reader)).run());
    }
    return Future.all(readers).mapEmpty();
  }

  ReadTally tally() {
    return tally;
  }

  private final class Reader {

    private final String name;
    private final Random random;
    private final Session session = new Session(withTokens);
    private final Promise<Void> end = Promise.promise();
    private long user;
    private int readsLeft;

    Reader(String name, Random random) {
      this.name = name;
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
      recorded
          .get(name, user, withTokens ? null : "eventual", "session", session.token())
          .onSuccess(this::read);
    }

    private void read(UserAnswer answer) {
      if (answer.sessionLost()) {
        tally.sessionLost();
        session.restart();
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
      next();
    }
  }
}
