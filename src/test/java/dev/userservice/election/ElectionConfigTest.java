package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import dev.userservice.election.lock.ElectionTiming;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which durations fit together. */
final class ElectionConfigTest {

  @Test
  void defaultsAreThoseOfClientGo() {
    assertThat(ElectionConfig.timing(config(Map.of())))
        .isEqualTo(new ElectionTiming(15_000_000_000L, 10_000_000_000L, 2_000_000_000L));
  }

  @Test
  void renewDeadlineMustBeShorterThanTheLease() {
    assertThatThrownBy(
            () -> ElectionConfig.timing(config(Map.of("users.election.renew-deadline", "14s"))))
        .hasMessageContaining("users.election.renew-deadline")
        .hasMessageContaining("users.election.lease-duration");
  }

  @Test
  void renewDeadlineMustAllowSeveralRetries() {
    assertThatThrownBy(
            () -> ElectionConfig.timing(config(Map.of("users.election.retry-period", "4s"))))
        .hasMessageContaining("users.election.retry-period");
  }

  @Test
  void eachDurationHasItsBounds() {
    assertThatThrownBy(() -> config(Map.of("users.election.lease-duration", "100ms")))
        .hasMessageContaining("users.election.lease-duration is PT0.1S");
  }

  private static ElectionConfig config(Map<String, String> settings) {
    return TestSettings.of(ElectionConfig.class, settings);
  }
}
