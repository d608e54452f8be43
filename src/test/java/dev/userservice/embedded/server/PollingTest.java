package dev.userservice.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Waits for conditions that nothing announces. */
final class PollingTest {

  private final AtomicLong now = new AtomicLong();
  private final Polling polling = new Polling(now::get);
  private final AtomicInteger checks = new AtomicInteger();

  @Test
  void conditionThatHoldsEndsTheWaitAtOnce() {
    assertThat(polling.await(Duration.ZERO, () -> checks.incrementAndGet() == 1)).isTrue();
    assertThat(checks).hasValue(1);
  }

  @Test
  void conditionIsCheckedUntilItHolds() {
    assertThat(polling.await(Duration.ofSeconds(1), () -> checks.incrementAndGet() == 3)).isTrue();
  }

  @Test
  void waitEndsWhenTheTimeIsOver() {
    boolean held =
        polling.await(
            Duration.ofSeconds(2),
            () -> {
              now.addAndGet(1_000_000_000L);
              checks.incrementAndGet();
              return false;
            });
    assertThat(held).isFalse();
    assertThat(checks).hasValue(3);
  }

  @Test
  void cancellationEndsAWaitAndRefusesLaterOnes() {
    Polling.Condition<RuntimeException> cancelling =
        () -> {
          polling.cancel();
          return false;
        };
    assertThatThrownBy(() -> polling.await(Duration.ofHours(1), cancelling))
        .isInstanceOf(EmbeddedClusterException.class)
        .hasMessageContaining("being stopped");
    assertThatThrownBy(polling::checkNotCancelled).isInstanceOf(EmbeddedClusterException.class);
  }

  @Test
  void failureOfTheConditionIsThrown() {
    Polling.Condition<IOException> unreadable =
        () -> {
          throw new IOException("unreadable");
        };
    assertThatThrownBy(() -> polling.await(Duration.ZERO, unreadable))
        .isInstanceOf(IOException.class);
  }
}
