package dev.userservice.sharding.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Gives Flyway the scripts of {@code db/migration}. They are listed in {@code db/migrations}, in
 * the order of their versions, because a native executable cannot list a folder: Flyway would find
 * none there, and say only that it has found none.
 */
final class MigrationScripts implements ResourceProvider {

  private static final String FOLDER = "db/migration/";
  private static final List<String> NAMES = text("db/migrations").lines().toList();

  /** The version of the last script. */
  static int newestVersion() {
    String last = NAMES.get(NAMES.size() - 1);
    return Integer.parseInt(last, 1, last.indexOf("__"), 10);
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return NAMES.contains(name) ? new Script(name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return NAMES.stream()
        .filter(name -> name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
        .map(name -> (LoadableResource) new Script(name))
        .toList();
  }

  private static String text(String resource) {
    try (InputStream bytes =
        MigrationScripts.class.getClassLoader().getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(bytes, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static final class Script extends LoadableResource {

    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      return new StringReader(text(FOLDER + name));
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
