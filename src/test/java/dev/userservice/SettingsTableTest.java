package dev.userservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The table of settings in {@code docs/operations.md} is the one that the sources give. {@code mvn
 * test -Dtest=SettingsTableTest -Dsettings.write} writes it anew.
 */
final class SettingsTableTest {

  private static final Path PAGE = Path.of("docs/operations.md");
  private static final String BEGIN = "<!-- settings: written by SettingsTableTest -->\n\n";
  private static final String END = "\n\n<!-- end of settings -->";

  @Test
  void theDocumentedSettingsAreThoseOfTheSources() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin).isBetween(BEGIN.length(), end);
    String table = SettingsTable.markdown();
    if (System.getProperty("settings.write") != null) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("mvn test -Dtest=SettingsTableTest -Dsettings.write writes the table anew")
        .isEqualTo(table);
  }

  @Test
  void everyDurationHasALeastValue() throws IOException {
    assertThat(SettingsTable.settings())
        .filteredOn(setting -> setting.type().equals("Duration"))
        .hasSizeGreaterThan(20)
        .allSatisfy(setting -> assertThat(setting.bounds()).as(setting.name()).isNotEmpty());
  }
}
