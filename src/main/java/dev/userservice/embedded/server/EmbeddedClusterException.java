package dev.userservice.embedded.server;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The embedded cluster cannot be started or kept running. The message is one sentence for the
 * developer.
 */
public final class EmbeddedClusterException extends RuntimeException {

  public EmbeddedClusterException(String message) {
    super(message);
  }

  public EmbeddedClusterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public static EmbeddedClusterException unusable(Path directory, @Nullable Throwable cause) {
    return new EmbeddedClusterException(
        "the data directory "
            + directory
            + " (users.embedded.directory) is unusable: "
            + reason(cause),
        cause);
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "it is a file, not a directory";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return String.valueOf(cause == null ? null : cause.getMessage())
        .lines()
        .findFirst()
        .orElse("unknown");
  }
}
