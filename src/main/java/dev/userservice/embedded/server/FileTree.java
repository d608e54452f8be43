package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Copies and deletes trees of files, also while a running server changes them. */
public final class FileTree {

  private FileTree() {}

  public static void createPrivateDirectory(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Copies the files and directories whose path within the source is wanted. A file that is deleted
   * meanwhile is left out.
   */
  public static void copy(Path source, Path target, Predicate<Path> wanted) throws IOException {
    visit(
        source,
        new Visitor() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused)
              throws IOException {
            Path relative = source.relativize(directory);
            if (!wanted.test(relative)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            createPrivateDirectory(target.resolve(relative));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            Path relative = source.relativize(file);
            if (wanted.test(relative)) {
              copyUnlessGone(file, target.resolve(relative));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes a tree; none is no error. */
  public static void delete(Path root) throws IOException {
    visit(
        root,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void visit(Path root, Visitor visitor) throws IOException {
    Files.walkFileTree(root, visitor);
  }

  private static void copyUnlessGone(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException gone) {
      Files.deleteIfExists(target);
    }
  }

  private abstract static class Visitor extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
