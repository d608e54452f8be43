package dev.userservice.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import dev.userservice.datasource.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightsTest {

  private static final Endpoint NEAR = new Endpoint("10.0.0.1", 5432, "near");
  private static final Endpoint FAR = new Endpoint("10.0.0.2", 5432, "far");

  private final Weights weights =
      new Weights(
          TestSettings.of(
              RoutingConfig.class, Map.of("users.routing.weights.\"10.0.0.1:5432\"", "3")));

  @Test
  void defaultWeightIsOne() {
    assertThat(weights.of(FAR)).isEqualTo(1);
    assertThat(weights.of(NEAR)).isEqualTo(3);
  }

  @Test
  void fileTakesPrecedenceAndIsReadAgain(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("weights");
    AtomicInteger changes = new AtomicInteger();
    Files.writeString(file, "# nearer first\nnear = 5\n10.0.0.2:5432=0.5\n");
    weights.reread(file, changes::incrementAndGet);
    weights.reread(file, changes::incrementAndGet);
    assertThat(weights.of(NEAR)).isEqualTo(5);
    assertThat(weights.of(FAR)).isEqualTo(0.5);
    Files.writeString(file, "far = 2\n");
    weights.reread(file, changes::incrementAndGet);
    assertThat(weights.of(NEAR)).isEqualTo(3);
    assertThat(weights.of(FAR)).isEqualTo(2);
    assertThat(changes).hasValue(2);
  }

  @Test
  void malformedFileChangesNothing(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("weights");
    Files.writeString(file, "far = 2\n");
    weights.reread(file, () -> {});
    Files.writeString(file, "far = heavy\n");
    weights.reread(file, () -> {});
    assertThat(weights.of(FAR)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"far", "far=", "=1", "far=0", "far=-1", "far=101", "far=NaN", "far=1 2"})
  void malformedLineIsRefused(String line) {
    assertThatThrownBy(() -> Weights.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
