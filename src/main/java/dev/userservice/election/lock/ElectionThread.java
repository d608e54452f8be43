package dev.userservice.election.lock;

import dev.userservice.background.DaemonThreads;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** An election loop on a thread of its own. Work that is given after its end is dropped. */
public final class ElectionThread implements ElectionLoop, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ElectionThread.class);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("election"));

  public ElectionThread() {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable work) {
    after(0, work);
  }

  @Override
  public void after(long nanos, Runnable work) {
    try {
      var unused =
          thread.schedule(
              () -> ElectionLoop.runLogged(work), Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) {
      LOG.debug("Dropped, the election has ended", ended);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
