package dev.userservice.drill;

import dev.userservice.Packaged;
import dev.userservice.sharding.schema.SchemaVersion;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The packaged program with one more migration, as the next version may be. The packaged program
 * itself is then the previous version, which does not know that migration.
 */
final class NextVersion {

  static final int SCHEMA = SchemaVersion.NEWEST + 1;

  private static final String MIGRATION =
      """
      ALTER TABLE users ADD COLUMN nickname text;
      CREATE INDEX users_nickname ON users (nickname) WHERE nickname IS NOT NULL;
      """;

  private NextVersion() {}

  /** Creates the folder of the program. */
  static Path in(Path folder) throws IOException {
    Path packaged = Packaged.folder().toAbsolutePath();
    Files.createDirectories(folder.resolve("app"));
    Files.createSymbolicLink(folder.resolve("lib"), packaged.resolve("lib"));
    Files.createSymbolicLink(folder.resolve("quarkus"), packaged.resolve("quarkus"));
    Files.copy(packaged.resolve("quarkus-run.jar"), folder.resolve("quarkus-run.jar"));
    try (Stream<Path> jars = Files.list(packaged.resolve("app"))) {
      for (Path jar : jars.toList()) {
        addMigration(Files.copy(jar, folder.resolve("app").resolve(jar.getFileName())));
      }
    }
    return folder;
  }

  private static void addMigration(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      String name = "V" + SCHEMA + "__nickname.sql";
      Files.writeString(files.getPath("db/migrations"), name + "\n", StandardOpenOption.APPEND);
      Files.writeString(files.getPath("db/migration", name), MIGRATION);
    }
  }
}
