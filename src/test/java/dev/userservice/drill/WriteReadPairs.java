package dev.userservice.drill;

import dev.userservice.history.History;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that each write one of their users and then read one of them, and are held to the
 * promise of sessions, also without tokens. A write of unknown outcome is not counted, and its user
 * is not used any more, since it may still change.
 */
final class WriteReadPairs {

  private static final int SESSIONS = 32;
  private static final int USERS_PER_SESSION = 4;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 20;

  private final UserClient client;
  private final RecordedClient recorded;
  private final FreshIds ids;
  private final boolean withTokens;
  private final long wanted;
  private final ReadTally tally = new ReadTally();
  private final AtomicLong failedWrites = new AtomicLong();
  private final List<Pairing> sessions = new ArrayList<>();
  private volatile boolean mayEnd;

  WriteReadPairs(
      UserClient client, History history, FreshIds ids, boolean withTokens, long wanted) {
    this.client = client;
    this.recorded = new RecordedClient(client, history);
    this.ids = ids;
    this.withTokens = withTokens;
    this.wanted = wanted;
  }

  /** Writes and reads the pairs; call it on the client's event loop. */
  Future<Void> run(long seed) {
    for (int session = 0; session < SESSIONS; session++) {
      sessions.add(new Pairing("pair-" + session, new Random(seed + session)));
    }
    return Future.all(sessions.stream().map(Pairing::run).toList()).mapEmpty();
  }

  ReadTally tally() {
    return tally;
  }

  long failedWrites() {
    return failedWrites.get();
  }

  /** The run ends as soon as enough pairs are complete. */
  void mayEnd() {
    mayEnd = true;
  }

  boolean done() {
    return mayEnd && tally.checked() >= wanted;
  }

  /** A user that is being written, or was; call it on the client's event loop. */
  long anyUser(Random random) {
    Pairing session = sessions.get(random.nextInt(sessions.size()));
    return session.users.get(random.nextInt(USERS_PER_SESSION)).id();
  }

  private final class Pairing {

    private final String name;
    private final Random random;
    private final Session session = new Session(withTokens);
    private final List<CounterUser> users = new ArrayList<>();
    private final Promise<Void> end = Promise.promise();

    Pairing(String name, Random random) {
      this.name = name;
      this.random = random;
      drawUsers();
    }

    private void drawUsers() {
      users.clear();
      for (int user = 0; user < USERS_PER_SESSION; user++) {
        users.add(new CounterUser(ids.next()));
      }
    }

    Future<Void> run() {
      write();
      return end.future();
    }

    private void write() {
      if (done()) {
        end.complete();
        return;
      }
      int index = random.nextInt(USERS_PER_SESSION);
      CounterUser user = users.get(index);
      long counter = user.next();
      recorded
          .put(name, user.id(), counter, session.token())
          .onSuccess(answer -> written(index, answer));
    }

    private void written(int index, UserAnswer answer) {
      if (!answer.successful()) {
        failedWrites.incrementAndGet();
        users.set(index, new CounterUser(ids.next()));
        pause();
        return;
      }
      session.saw(answer);
      users.get(index).acknowledged();
      CounterUser other = users.get(random.nextInt(USERS_PER_SESSION));
      CounterUser target = random.nextInt(4) == 0 && other.written() ? other : users.get(index);
      recorded
          .get(name, target.id(), consistency(), "session", session.token())
          .onSuccess(this::read);
    }

    private void read(UserAnswer answer) {
      if (answer.sessionLost()) {
        tally.sessionLost();
        session.restart();
        // Without a token, the session need not read what it has written.
        drawUsers();
        write();
        return;
      }
      if (!answer.successful() && !answer.notFound()) {
        tally.failed(answer);
        pause();
        return;
      }
      session.saw(answer);
      tally.checked(answer);
      write();
    }

    private void pause() {
      client.vertx().setTimer(PAUSE_AFTER_FAILURE_MILLIS, fired -> write());
    }

    private @Nullable String consistency() {
      return withTokens ? null : "eventual";
    }
  }
}
