package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Leadership;
import dev.userservice.leader.Term;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tasks run as long as their process leads. */
final class LeaderTasksTest {

  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Term term = new Term(1, Long.MAX_VALUE, System::nanoTime);

  @Test
  void hangingTaskIsInterruptedAtTheEndOfTheTermAndDelaysNoOther() {
    CountDownLatch began = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    LeaderTasks tasks =
        tasks(
            task(
                leadership -> {
                  began.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException ended) {
                    interrupted.incrementAndGet();
                    throw ended;
                  }
                }),
            task(leadership -> others.incrementAndGet()));
    tasks.elected(term);
    Awaitility.await().until(() -> began.getCount() == 0 && others.get() > 2);
    tasks.deposed(term, "test");
    Awaitility.await().until(() -> interrupted.get() == 1);
    int ended = others.get();
    Awaitility.await()
        .during(Duration.ofMillis(200))
        .until(() -> others.get() <= ended + 1 && interrupted.get() == 1);
  }

  @Test
  void failedTaskRunsAgain() {
    AtomicInteger runs = new AtomicInteger();
    LeaderTasks tasks =
        tasks(
            task(
                leadership -> {
                  if (runs.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                }));
    tasks.elected(term);
    Awaitility.await().until(() -> runs.get() >= 4);
    tasks.deposed(term, "test");
    assertThat(refused).isEmpty();
  }

  @Test
  void refusalIsFoundAmongTheCauses() {
    LeaderTasks tasks =
        tasks(
            task(
                leadership -> {
                  throw new IllegalStateException(
                      new RuntimeException(
                          new SQLException("epoch 1 is over", Leadership.REFUSED)));
                }));
    tasks.elected(term);
    Awaitility.await().until(() -> !refused.isEmpty());
    tasks.deposed(term, "test");
    assertThat(refused.element()).isEqualTo("1: epoch 1 is over");
  }

  @Test
  void eachTermHasItsOwnEpoch() {
    Queue<Long> epochs = new ConcurrentLinkedQueue<>();
    LeaderTasks tasks = tasks(task(leadership -> epochs.add(leadership.epoch())));
    tasks.elected(term);
    Awaitility.await().until(() -> epochs.contains(1L));
    tasks.deposed(term, "test");
    Term next = new Term(2, Long.MAX_VALUE, System::nanoTime);
    tasks.elected(next);
    Awaitility.await().until(() -> epochs.contains(2L));
    tasks.deposed(next, "test");
    List<Long> heard = new ArrayList<>(epochs);
    assertThat(heard).isSorted();
  }

  private LeaderTasks tasks(LeaderTask... tasks) {
    return new LeaderTasks(List.of(tasks), (lost, why) -> refused.add(lost.epoch() + ": " + why));
  }

  private static LeaderTask task(Work work) {
    return new LeaderTask() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public Duration interval() {
        return Duration.ofMillis(5);
      }

      @Override
      public void run(Leadership leadership) throws Exception {
        work.run(leadership);
      }
    };
  }

  private interface Work {
    void run(Leadership leadership) throws Exception;
  }
}
