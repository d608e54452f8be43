package dev.userservice.election.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocking calls of the election. */
final class CallThreadTest {

  private final ElectionThread loop = new ElectionThread();
  private final CallThread thread = new CallThread("test-calls", loop);
  private final CountDownLatch hanging = new CountDownLatch(1);

  @AfterEach
  void stop() {
    hanging.countDown();
    thread.close();
    loop.close();
  }

  @Test
  void answersArriveOnTheLoop() throws Exception {
    CompletableFuture<String> arrived = new CompletableFuture<>();
    thread
        .call(() -> hanging.await(10, TimeUnit.SECONDS) ? Thread.currentThread().getName() : "")
        .thenAccept(caller -> arrived.complete(caller + ", " + Thread.currentThread().getName()));
    hanging.countDown();
    assertThat(arrived.get(10, TimeUnit.SECONDS)).isEqualTo("test-calls, election");
  }

  @Test
  void callsBehindAHangingOneWaitUntilThereAreEight() throws Exception {
    List<CompletableFuture<Boolean>> calls = new ArrayList<>();
    for (int call = 0; call < 9; call++) {
      calls.add(thread.call(() -> hanging.await(10, TimeUnit.SECONDS)).toCompletableFuture());
    }
    assertThatThrownBy(() -> thread.call(() -> true).toCompletableFuture().get())
        .hasCauseInstanceOf(RejectedExecutionException.class);
    hanging.countDown();
    for (CompletableFuture<Boolean> call : calls) {
      assertThat(call.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void failureOfACallIsItsAnswer() {
    assertThatThrownBy(
            () ->
                thread
                    .call(
                        () -> {
                          throw new IllegalStateException("refused");
                        })
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS))
        .hasRootCauseMessage("refused");
  }
}
