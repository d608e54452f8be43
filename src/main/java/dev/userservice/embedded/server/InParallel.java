package dev.userservice.embedded.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs an action on several objects at once and waits for all. */
public final class InParallel {

  private InParallel() {}

  public static <T> void forEach(Collection<T> things, Action<T> action) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      forEach(things, action, threads);
    } finally {
      threads.shutdown();
    }
  }

  public static <T> void forEach(Collection<T> things, Action<T> action, Executor threads) {
    try {
      List<CompletableFuture<Void>> running =
          things.stream()
              .map(thing -> CompletableFuture.runAsync(() -> unchecked(action, thing), threads))
              .toList();
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private static <T> void unchecked(Action<T> action, T thing) {
    try {
      action.accept(thing);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The action. */
  @FunctionalInterface
  public interface Action<T> {
    void accept(T thing) throws IOException;
  }
}
