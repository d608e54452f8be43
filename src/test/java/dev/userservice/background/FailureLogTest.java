package dev.userservice.background;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What repeated work logs. */
final class FailureLogTest {

  private final FailureLog log = new FailureLog();

  @Test
  void failureIsLoggedWhenItBeginsAndWhenItsReasonChanges() {
    assertThat(log.failed("refused")).isTrue();
    assertThat(log.failed("refused")).isFalse();
    assertThat(log.failed("timed out")).isTrue();
    assertThat(log.failed("refused")).isTrue();
  }

  @Test
  void recoveryIsLoggedOnce() {
    assertThat(log.succeeded()).isFalse();
    log.failed("refused");
    assertThat(log.succeeded()).isTrue();
    assertThat(log.succeeded()).isFalse();
  }

  @Test
  void sameFailureAfterARecoveryIsLoggedAgain() {
    log.failed("refused");
    log.succeeded();
    assertThat(log.failed("refused")).isTrue();
  }
}
