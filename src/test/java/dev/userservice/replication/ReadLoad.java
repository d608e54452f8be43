package dev.userservice.replication;

import dev.userservice.consistency.Consistency;
import dev.userservice.routing.ReadRouter;
import dev.userservice.routing.ReadStatement;
import dev.userservice.routing.Served;
import dev.userservice.routing.TestRouters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;

/**
 * Reads without a pause, several at a time, and notes which port answered, what failed, and whether
 * a read that began after a port was forbidden was answered by it.
 */
public final class ReadLoad implements AutoCloseable {

  private static final int LOOPS = 8;
  private static final ReadStatement<Integer> PORT =
      ReadStatement.point(
          "SELECT inet_server_port() AS port", rows -> rows.iterator().next().getInteger(0));

  private final Vertx vertx;
  private final ReadRouter router;
  private final ConcurrentMap<Integer, LongAdder> answered = new ConcurrentHashMap<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(LOOPS);
  private volatile int forbidden = -1;
  private volatile boolean stopping;

  public ReadLoad(Vertx vertx, ReplicationGroup group) {
    this.vertx = vertx;
    this.router = TestRouters.on(vertx).to(group);
    for (int loop = 0; loop < LOOPS; loop++) {
      Context context = vertx.getOrCreateContext();
      context.runOnContext(ignored -> next());
    }
  }

  /** How many reads a port has answered. */
  public long answeredBy(int port) {
    LongAdder count = answered.get(port);
    return count == null ? 0 : count.sum();
  }

  /** From now on no read may begin that this port answers; -1 allows all. */
  public void forbid(int port) {
    forbidden = port;
  }

  public Queue<Throwable> failures() {
    return failures;
  }

  Future<Integer> read() {
    return router.read(PORT, Tuple.tuple(), Consistency.EVENTUAL).map(Served::value);
  }

  @Override
  public void close() {
    stopping = true;
    Awaitility.await("every read has ended").until(() -> ended.getCount() == 0);
  }

  private void next() {
    if (stopping) {
      ended.countDown();
      return;
    }
    int forbiddenAtFirst = forbidden;
    try {
      read()
          .onFailure(failures::add)
          .onSuccess(port -> note(port, forbiddenAtFirst))
          .onComplete(done -> vertx.getOrCreateContext().runOnContext(ignored -> next()));
    } catch (RuntimeException thrown) {
      failures.add(thrown);
      ended.countDown();
    }
  }

  private void note(int port, int forbiddenAtFirst) {
    answered.computeIfAbsent(port, key -> new LongAdder()).increment();
    if (port == forbiddenAtFirst) {
      failures.add(new AssertionError("port " + port + " answered after it had left"));
    }
  }
}
