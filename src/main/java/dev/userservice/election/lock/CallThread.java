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
 * Makes calls that block, one after the other, on a thread of its own, and brings their results to
 * the election's loop. While one hangs, only a few wait behind it; further ones fail at once.
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

  /** What the work answers, or how it failed, on the election's loop. */
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
        () ->
            answer.completeExceptionally(new RejectedExecutionException("an earlier call hangs")));
    return answer;
  }

  /** Runs the work after all calls, unless one hangs; then nothing more. */
  public void end(Runnable last) {
    execute(last);
    close();
  }

  /** Runs work after all calls, unless too many wait already. */
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
