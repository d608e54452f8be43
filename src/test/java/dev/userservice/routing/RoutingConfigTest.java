package dev.userservice.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import dev.userservice.routing.hedge.HedgeSettings;
import dev.userservice.routing.strategy.CandidateSettings;
import dev.userservice.routing.strategy.EjectionSettings;
import dev.userservice.routing.strategy.RetrySettings;
import dev.userservice.routing.strategy.StrategyName;
import io.smallrye.config.ConfigValidationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutingConfigTest {

  private static RoutingConfig configured(Map<String, String> settings) {
    return TestSettings.of(RoutingConfig.class, settings);
  }

  @Test
  void defaultSettingsEqualTheConstants() {
    RoutingSettings settings = RoutingSettings.of(configured(Map.of()));
    assertThat(settings.strategy()).isEqualTo(StrategyName.WEIGHTED_LEAST_LATENCY);
    assertThat(settings.candidate()).isEqualTo(CandidateSettings.DEFAULT);
    assertThat(settings.ejection()).isEqualTo(EjectionSettings.DEFAULT);
    assertThat(settings.retry()).isEqualTo(RetrySettings.DEFAULT);
    assertThat(settings.hedging()).isEqualTo(new HedgeSettings(false, 0.05, 0.95, 2_000_000));
  }

  @ParameterizedTest
  @CsvSource({
    "random,RANDOM",
    "round-robin,ROUND_ROBIN",
    "weighted,WEIGHTED",
    "least-response-time,LEAST_RESPONSE_TIME",
    "weighted-least-latency,WEIGHTED_LEAST_LATENCY"
  })
  void strategiesAreConfiguredByName(String name, StrategyName strategy) {
    assertThat(configured(Map.of("users.routing.strategy", name)).strategy()).isEqualTo(strategy);
  }

  @Test
  void weightsAreConfiguredByHostAndPort() {
    RoutingConfig config = configured(Map.of("users.routing.weights.\"db-1:5432\"", "2.5"));
    assertThat(config.weight("db-1:5432")).isEqualTo(2.5);
    assertThat(config.weight("db-2:5432")).isEqualTo(1);
  }

  @Test
  void aRefusalTellsTheValueAndItsBound() {
    assertThatThrownBy(() -> configured(Map.of("users.routing.slow-start", "11m")))
        .hasMessageContaining("users.routing.slow-start is PT11M; it must be at most 10 min");
    assertThatThrownBy(() -> configured(Map.of("users.routing.hedging.minimum-delay", "-1s")))
        .hasMessageContaining(
            "users.routing.hedging.minimum-delay is PT-1S; it must be at least 0");
  }

  @ParameterizedTest
  @CsvSource({
    "weights.\"db:1\",0",
    "weights.\"db:1\",101",
    "weights.\"db:1\",NaN",
    "latency.rise-time,0s",
    "latency.fall-time,11m",
    "latency.failure-penalty,1ms",
    "slow-start,11m",
    "ejection.base-time,1ms",
    "ejection.longest-time,2h",
    "retry.idle-time,1ms",
    "hedging.minimum-delay,11s"
  })
  void valuesOutOfBoundsAreRefusedByTheNameOfTheSetting(String setting, String value) {
    assertThatThrownBy(() -> configured(Map.of("users.routing." + setting, value)))
        .isInstanceOf(ConfigValidationException.class)
        .hasMessageContaining("users.routing." + setting.replace("\"", ""));
  }
}
