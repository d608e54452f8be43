package dev.userservice;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * The result of the last packaging: a jar for a JVM, or the native executable. Tests run against
 * either.
 */
public final class Packaged {

  private static final Path TARGET = Path.of("target");

  private Packaged() {}

  /** Whether it is the native executable, which starts no embedded servers. */
  public static boolean executable() {
    return property("type").equals("native");
  }

  /** The folder of the program for a JVM, with the jar to start in it. */
  public static Path folder() {
    return Objects.requireNonNull(TARGET.resolve(property("path")).getParent());
  }

  /**
   * The command that starts the program, before its options. A JVM compiles with its first compiler
   * only, with which a start takes half of the time.
   */
  public static List<String> program() {
    return switch (property("type")) {
      case "native" -> List.of(TARGET.resolve(property("path")).toString());
      case "jar" -> List.of(java(), "-XX:TieredStopAtLevel=1");
      default -> throw new IllegalStateException("this cannot be run: " + property("type"));
    };
  }

  /** The arguments after its options. */
  static List<String> end() {
    return end(folder());
  }

  /** The same, for a JVM program in another folder. */
  static List<String> end(Path folder) {
    return executable() ? List.of() : List.of("-jar", folder.resolve("quarkus-run.jar").toString());
  }

  private static String property(String name) {
    try (Reader reader = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
      Properties artifact = new Properties();
      artifact.load(reader);
      return artifact.getProperty(name, "");
    } catch (IOException notPackaged) {
      throw new UncheckedIOException(notPackaged);
    }
  }

  private static String java() {
    return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
  }
}
