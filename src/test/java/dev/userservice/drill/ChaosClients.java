package dev.userservice.drill;

import dev.userservice.history.Event;
import dev.userservice.history.History;
import dev.userservice.history.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The sessions of chaos, the processes that they know, and the history that they write. */
final class ChaosClients implements AutoCloseable {

  private static final int SESSIONS = 12;
  private static final int SHARED = 6;
  private static final Duration BOUND = Duration.ofSeconds(90);

  private final Vertx vertx = EventLoops.single();
  private final History history = new History();
  private final FreshIds ids = new FreshIds(System.nanoTime());
  private final List<UserClient> clients = new CopyOnWriteArrayList<>();
  private final List<UserClient> retired = new ArrayList<>();
  private final List<Long> users = new CopyOnWriteArrayList<>();
  private final Map<Long, Long> written = new ConcurrentHashMap<>();
  private final AtomicLong lastValue = new AtomicLong();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final List<ChaosSession> sessions = new ArrayList<>();
  private Future<?> end = Future.succeededFuture();
  private volatile boolean stopped;

  ChaosClients(List<URI> processes) {
    processes.forEach(process -> clients.add(client(process)));
    while (users.size() < SHARED) {
      long user = ids.next();
      if (WriteRecord.shardOf(user) == users.size() % ChaosScene.SHARDS) {
        users.add(user);
      }
    }
  }

  /** Starts all sessions; each has its own part of the seed. */
  void start(long seed) {
    List<Future<Void>> ends = new ArrayList<>();
    for (int number = 0; number < SESSIONS; number++) {
      ChaosSession session =
          new ChaosSession("session-" + number, this, new Random(seed * SESSIONS + number));
      sessions.add(session);
      ends.add(session.run());
    }
    end = Future.all(ends);
  }

  /** Asks a process at this address from now on, if that is another one. */
  void follow(int process, URI address) {
    if (!clients.get(process).service().equals(address)) {
      retired.add(clients.set(process, client(address)));
    }
  }

  /** Ends all sessions. */
  void stop() {
    stopped = true;
    EventLoops.await(end, BOUND);
  }

  /** Every session reads every user once more, and then somebody reads it strongly. */
  void settle() {
    ChaosSession settlement = new ChaosSession("settlement", this, new Random(0));
    for (long user : users) {
      for (ChaosSession session : sessions) {
        answer(session, user, "session");
      }
      answer(settlement, user, "strong");
    }
  }

  History history() {
    return history;
  }

  List<Long> users() {
    return users;
  }

  /** The number of writes of a user that were acknowledged. */
  long written(long user) {
    return written.getOrDefault(user, 0L);
  }

  /** Counts a write that was acknowledged. */
  void wrote(long user) {
    written.merge(user, 1L, Long::sum);
  }

  /** The users that all sessions write, as many of each shard. */
  List<Long> shared() {
    return users.subList(0, SHARED);
  }

  /** Answers that no fault explains. */
  Queue<String> unexpected() {
    return unexpected;
  }

  /** How often each kind of call ended in which way. */
  Map<String, Long> outcomes() {
    Map<String, Long> counts = new TreeMap<>();
    for (Event event : history.events()) {
      String kind = event.level() == null ? "write" : event.level();
      counts.merge(kind + " " + event.outcome(), 1L, Long::sum);
    }
    return counts;
  }

  long acknowledged() {
    return history.count(Outcome.DONE);
  }

  boolean stopped() {
    return stopped;
  }

  long newUser() {
    long user = ids.next();
    users.add(user);
    return user;
  }

  long newValue() {
    return lastValue.incrementAndGet();
  }

  /** A user that all sessions write. */
  long shared(Random random) {
    return users.get(random.nextInt(SHARED));
  }

  /** Any user, rather a new one. */
  long any(Random random) {
    int last = users.size() - 1;
    return users.get(last - Math.min(last, random.nextInt(4 * SESSIONS)));
  }

  /** Makes a call through any process, on the event loop of that process's client. */
  Future<UserAnswer> any(Random random, Function<RecordedClient, Future<UserAnswer>> call) {
    UserClient client = clients.get(random.nextInt(clients.size()));
    return client
        .start(() -> call.apply(new RecordedClient(client, history)))
        .onSuccess(this::check);
  }

  void after(long millis, Runnable task) {
    vertx.setTimer(millis, fired -> task.run());
  }

  private void check(UserAnswer answer) {
    boolean explained =
        answer.successful()
            || answer.notFound()
            || answer.sessionLost()
            || answer.status() == 0
            || answer.status() == 503;
    if (!explained) {
      unexpected.add(answer.toString());
    }
  }

  @Override
  public void close() {
    retired.forEach(UserClient::close);
    clients.forEach(UserClient::close);
    EventLoops.await(vertx.close(), BOUND);
  }

  private static void answer(ChaosSession session, long user, String level) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (EventLoops.await(session.read(user, level), BOUND).status() / 100 == 5) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("user " + user + " is not answered");
      }
      DrillTime.pass(Duration.ofMillis(100));
    }
  }

  private static UserClient client(URI process) {
    return new UserClient(process, 2 * SESSIONS);
  }
}
