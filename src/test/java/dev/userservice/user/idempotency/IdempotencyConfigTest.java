package dev.userservice.user.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdempotencyConfigTest {

  @Test
  void answersAreKeptForADay() {
    assertThat(TestSettings.byDefault(IdempotencyConfig.class).retention())
        .isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({
    "retention,59s,is PT59S; it must be at least 1 min",
    "retention,366d,is PT8784H; it must be at most 365 d",
    "expiry-interval,10ms,is PT0.01S; it must be at least 1 s",
    "expiry-interval,2h,is PT2H; it must be at most 1 h"
  })
  void valuesOutOfBoundsAreRefused(String setting, String value, String reason) {
    String name = "users.idempotency." + setting;
    assertThatThrownBy(() -> TestSettings.of(IdempotencyConfig.class, Map.of(name, value)))
        .hasMessageContaining(name + " " + reason);
  }
}
