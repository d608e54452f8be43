package dev.userservice.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class UnknownSettingsTest {

  @Test
  void settingsOfKnownPartsAndOfOthersPass() {
    assertThatCode(
            () ->
                UnknownSettings.refuse(
                    TestSettings.of(
                        Map.of("users.routing.strategy", "random", "usersx.y", "1", "other", "2"))))
        .doesNotThrowAnyException();
  }

  /** The table of the document has all settings of the sources, as another test holds. */
  @Test
  void everyDocumentedSettingPasses() throws IOException {
    Map<String, String> settings =
        Files.readAllLines(Path.of("docs/operations.md")).stream()
            .filter(line -> line.startsWith("| `users."))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .collect(Collectors.toMap(name -> name, name -> "1"));
    assertThat(settings).hasSizeGreaterThan(50);
    assertThatCode(() -> UnknownSettings.refuse(TestSettings.of(settings)))
        .doesNotThrowAnyException();
  }

  @Test
  void allUnknownSettingsAreNamedInTheirOrder() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("users.shrading.slots", "64");
    settings.put("users.slots", "64");
    settings.put("users.rooting.strategy", "random");
    settings.put("users.sharding.slots", "64");
    assertThatThrownBy(() -> UnknownSettings.refuse(TestSettings.of(settings)))
        .hasMessage(
            "There are no such settings: users.rooting.strategy, users.shrading.slots,"
                + " users.slots");
  }
}
