package dev.userservice.sharding.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.api.resource.LoadableResource;
import org.junit.jupiter.api.Test;

/** The list of the scripts, which an executable cannot make by itself. */
final class MigrationScriptsTest {

  private static final Path FOLDER = Path.of("src/main/resources/db/migration");

  private final MigrationScripts scripts = new MigrationScripts();

  @Test
  void everyScriptOfTheFolderIsListedInTheOrderOfVersions() throws IOException {
    List<String> listed =
        scripts.getResources("V", new String[] {".sql"}).stream()
            .map(LoadableResource::getFilename)
            .toList();
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(listed)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
    assertThat(listed.stream().map(name -> name.substring(0, name.indexOf("__"))))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, listed.size()).mapToObj(version -> "V" + version).toList());
    assertThat(MigrationScripts.newestVersion()).isEqualTo(listed.size());
  }

  @Test
  void scriptIsReadAsItIs() throws IOException {
    for (LoadableResource script : scripts.getResources("V", new String[] {".sql"})) {
      StringWriter text = new StringWriter();
      try (Reader reader = script.read()) {
        reader.transferTo(text);
      }
      assertThat(text).hasToString(Files.readString(FOLDER.resolve(script.getFilename())));
    }
  }

  @Test
  void otherNamesAreNotFound() {
    assertThat(scripts.getResource("V1__absent.sql")).isNull();
    assertThat(scripts.getResources("R", new String[] {".sql"})).isEmpty();
    assertThat(scripts.getResources("V", new String[] {".conf"})).isEmpty();
  }
}
