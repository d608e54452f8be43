package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class LatenciesTest {

  @Test
  void percentilesUseTheNearestRank() {
    Latencies latencies = new Latencies();
    for (long millis = 10_000; millis >= 1; millis--) {
      latencies.add(millis * 1_000_000);
    }
    assertThat(latencies.p99()).isEqualTo(9_900);
    assertThat(latencies.percentileMillis(0.5)).isEqualTo(5_000);
    assertThat(latencies.percentileMillis(1)).isEqualTo(10_000);
    assertThat(latencies.percentileMillis(0)).isEqualTo(1);
  }

  @Test
  void withoutMeasurementsThereIsNoPercentile() {
    assertThatThrownBy(() -> new Latencies().p99()).isInstanceOf(IllegalStateException.class);
  }
}
