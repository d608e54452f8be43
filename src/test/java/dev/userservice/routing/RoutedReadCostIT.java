package dev.userservice.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.consistency.Consistency;
import dev.userservice.replication.AnswerPosition;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.replication.Role;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What routing costs a point read: the same statement through the router, and straight to the same
 * two replicas in turn, in pairs of windows of one run. Run it by {@code mvn
 * failsafe:integration-test failsafe:verify -Dit.test=RoutedReadCostIT -Dtest.groups=deep
 * -Dtest.groups.excluded=none}.
 */
@QuarkusTest
@Tag("deep")
final class RoutedReadCostIT {

  private static final String SELECT = "SELECT id, name FROM users WHERE id = $1";
  private static final String POSITIONED = AnswerPosition.around(SELECT);
  private static final ReadStatement<Integer> STATEMENT =
      ReadStatement.point(SELECT, rows -> rows.size());
  private static final int LOOPS = 2;
  private static final int IN_FLIGHT_PER_LOOP = 16;
  private static final int PAIRS = 21;
  private static final long WINDOW_MILLIS = 1_000;
  // The aim is 0.97; a single run on a shared machine is not exact to that.
  private static final double LEAST_RATIO = 0.9;

  @Inject ReplicationGroups groups;
  @Inject ReadRouters router;
  @Inject Vertx vertx;

  @Test
  void routingAddsLittleCostToAPointRead() throws Exception {
    ReplicationGroup group = groups.all().get(0);
    ReadRouter routed = router.to(group);
    List<MonitoredEndpoint> replicas =
        group.endpoints().stream().filter(each -> each.state().role() == Role.REPLICA).toList();
    LongFunction<Future<?>> fixed =
        id -> replicas.get((int) (id & 1)).reads().execute(POSITIONED, Tuple.of(id));
    LongFunction<Future<?>> throughRouter =
        id -> routed.read(STATEMENT, Tuple.of(id), Consistency.EVENTUAL);
    double[] ratios = new double[PAIRS];
    window(fixed);
    window(throughRouter);
    window(fixed);
    window(throughRouter);
    for (int pair = 0; pair < PAIRS; pair++) {
      boolean fixedFirst = pair % 2 == 0;
      double first = window(fixedFirst ? fixed : throughRouter);
      double second = window(fixedFirst ? throughRouter : fixed);
      ratios[pair] = fixedFirst ? second / first : first / second;
    }
    Arrays.sort(ratios);
    System.out.printf(
        "routed / fixed: median %.3f, from %.3f to %.3f%n",
        ratios[PAIRS / 2], ratios[0], ratios[PAIRS - 1]);
    assertThat(ratios[PAIRS / 2]).isGreaterThan(LEAST_RATIO);
  }

  /** Reads answered in one window. */
  private double window(LongFunction<Future<?>> read) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    LongAdder answered = new LongAdder();
    CompletableFuture<?>[] done = new CompletableFuture<?>[LOOPS * IN_FLIGHT_PER_LOOP];
    for (int loop = 0; loop < LOOPS; loop++) {
      Context context = ((VertxInternal) vertx).createEventLoopContext();
      for (int slot = 0; slot < IN_FLIGHT_PER_LOOP; slot++) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        done[loop * IN_FLIGHT_PER_LOOP + slot] = ended;
        context.runOnContext(begin -> readOn(read, over, answered, ended));
      }
    }
    vertx.setTimer(WINDOW_MILLIS, passed -> over.set(true));
    CompletableFuture.allOf(done).get(30, TimeUnit.SECONDS);
    return answered.sum();
  }

  private static void readOn(
      LongFunction<Future<?>> read,
      AtomicBoolean over,
      LongAdder answered,
      CompletableFuture<Void> ended) {
    if (over.get()) {
      ended.complete(null);
      return;
    }
    read.apply(ThreadLocalRandom.current().nextLong(1, 1L << 40))
        .onSuccess(
            answer -> {
              answered.increment();
              readOn(read, over, answered, ended);
            })
        .onFailure(ended::completeExceptionally);
  }
}
