package dev.userservice.election;

import dev.userservice.background.DaemonThreads;
import dev.userservice.background.FailureLog;
import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Leadership;
import dev.userservice.leader.Term;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the leader's tasks, each on a thread of its own, until the term ends. A task that hangs does
 * not delay the renewal of the lease or other tasks.
 */
final class LeaderTasks implements ElectionListener {

  private static final Logger LOG = Logger.getLogger(LeaderTasks.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final List<LeaderTask> tasks;
  private final BiConsumer<Term, String> refused;
  private final List<Thread> running = new ArrayList<>();
  private @Nullable Leadership current;

  /**
   * Runs nothing before this process is elected.
   *
   * @param refused receives the term whose statement a database has refused, and the database's
   *     message
   */
  LeaderTasks(List<LeaderTask> tasks, BiConsumer<Term, String> refused) {
    this.tasks = List.copyOf(tasks);
    this.refused = refused;
  }

  @Override
  public void elected(Term won) {
    Leadership leadership = new Leadership(won);
    current = leadership;
    tasks.forEach(task -> running.add(start(task, leadership)));
  }

  /** Interrupts all tasks, without waiting for them. */
  @Override
  public void deposed(Term lost, String why) {
    if (current != null) {
      current.end();
    }
    running.forEach(Thread::interrupt);
    running.clear();
  }

  private Thread start(LeaderTask task, Leadership leadership) {
    return DaemonThreads.start("leader-" + task.name(), () -> repeat(task, leadership));
  }

  private void repeat(LeaderTask task, Leadership leadership) {
    Duration pause = FIRST_PAUSE;
    FailureLog log = new FailureLog();
    try {
      do {
        String failure = failureOf(task, leadership);
        if (failure == null) {
          pause = task.interval();
          log.succeeded();
        } else {
          if (log.failed(failure) && !leadership.ended()) {
            LOG.warnf("Leader task %s failed and is repeated: %s", task.name(), failure);
          }
          Duration longer = pause.multipliedBy(2);
          pause = longer.compareTo(task.interval()) < 0 ? longer : task.interval();
        }
      } while (!leadership.endsWithin(pause));
    } catch (InterruptedException ended) {
      LOG.debugf("Leader task %s ends with epoch %d", task.name(), leadership.epoch());
    }
  }

  private @Nullable String failureOf(LeaderTask task, Leadership leadership)
      throws InterruptedException {
    try {
      task.run(leadership);
      return null;
    } catch (InterruptedException ended) {
      throw ended;
    } catch (Exception failure) {
      LOG.debugf(failure, "Leader task %s failed", task.name());
      SQLException refusal = refusal(failure);
      if (refusal != null) {
        refused.accept(leadership.term(), Objects.requireNonNull(refusal.getMessage()));
      }
      return String.valueOf(failure.getMessage());
    }
  }

  private static @Nullable SQLException refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException database
          && Leadership.REFUSED.equals(database.getSQLState())) {
        return database;
      }
    }
    return null;
  }
}
