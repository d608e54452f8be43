package dev.userservice.election.lock;

import dev.userservice.background.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes blocking calls, one after the other, on a thread of its own, and completes them on the
 * election's loop. While one call hangs, at most 8 wait; more fail at once.
 */
public final class CallThread implements AutoCloseable {

  private static final int WAITING = 8;

  private final ElectionLoop loop;
  private final ThreadPoolExecutor thread;

  public CallThread(String name, ElectionLoop loop) {
    this.loop = loop;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            DaemonThreads.named(name));
  }

  /** Calls; the stage completes on the election's loop. */
  public <T> CompletionStage<T> call(Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tryTo(
        () -> {
          try {
            T result = work.call();
            loop.execute(() -> answer.complete(result));
          } catch (Exception failure) {
            loop.execute(() -> answer.completeExceptionally(failure));
          }
        },
        () -> answer.completeExceptionally(new RejectedExecutionException("too many calls wait")));
    return answer;
  }

  /**
   * Runs the work after all calls and accepts none afterwards. The work is dropped if too many
   * calls wait.
   */
  public void end(Runnable last) {
    execute(last);
    close();
  }

  /** Runs the work after all calls. The work is dropped if too many calls wait. */
  public void execute(Runnable work) {
    tryTo(work, () -> {});
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private void tryTo(Runnable work, Runnable otherwise) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException full) {
      otherwise.run();
    }
  }
}
