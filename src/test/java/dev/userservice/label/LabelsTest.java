package dev.userservice.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Labels of constants. */
final class LabelsTest {

  private enum Example {
    VERIFY_FULL,
    INTERNAL
  }

  @Test
  void wordsAreLowerCaseWithHyphens() {
    assertThat(Labels.of(Example.VERIFY_FULL)).isEqualTo("verify-full");
  }

  @Test
  void labelsDoNotDependOnTheLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(Labels.of(Example.INTERNAL)).isEqualTo("internal");
    } finally {
      Locale.setDefault(before);
    }
  }
}
