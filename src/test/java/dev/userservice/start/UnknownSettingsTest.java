package dev.userservice.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import java.util.Map;
import java.util.TreeMap;
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
