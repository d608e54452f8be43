package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The files of one server, and the marks that decide what it may be started as.
 *
 * <p>A directory with {@code standby.signal} is a replica, one without is a primary, and one with
 * our mark {@code fenced} is never started: another server may have been promoted in its place. The
 * mark is on disk before any promotion begins, so no crash leaves two primaries.
 */
public record DataDirectory(Path path) {

  public static final String FENCED = "fenced";
  public static final String STANDBY = "standby.signal";
  public static final String POSTMASTER = "postmaster.pid";

  public boolean exists() {
    return Files.exists(path.resolve("PG_VERSION"));
  }

  public boolean isFenced() {
    return Files.exists(path.resolve(FENCED));
  }

  boolean isStandby() {
    return Files.exists(path.resolve(STANDBY));
  }

  public boolean isPrimary() {
    return exists() && !isStandby() && !isFenced();
  }

  public boolean isUsableReplica() {
    return exists() && isStandby() && !isFenced();
  }

  public void fence() throws IOException {
    if (exists()) {
      DurableFile.write(path.resolve(FENCED), "");
    }
  }

  public void liftFence() throws IOException {
    DurableFile.delete(path.resolve(FENCED));
  }

  /** Where a directory is made before it is whole. */
  public DataDirectory partial() {
    return new DataDirectory(path.resolveSibling(path.getFileName() + ".partial"));
  }

  /** Puts the finished partial directory in this one's place. */
  public void install() throws IOException {
    // Renamed first: a half-deleted directory could have lost its fence and look like a primary.
    DataDirectory discarded = discarded();
    FileTree.delete(discarded.path);
    if (Files.exists(path)) {
      DurableFile.move(path, discarded.path);
    }
    DurableFile.move(partial().path, path);
    FileTree.delete(discarded.path);
  }

  /** Removes what an interrupted run had not finished. */
  public void deleteRemains() throws IOException {
    FileTree.delete(partial().path);
    FileTree.delete(discarded().path);
  }

  public String majorVersion() throws IOException {
    return Files.readString(path.resolve("PG_VERSION")).strip();
  }

  /** The process named by {@code postmaster.pid}, which may be stale. */
  OptionalLong postmaster() {
    String first = postmasterLine(0);
    return first.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(first))
        : OptionalLong.empty();
  }

  /** Whether this postmaster says that it accepts connections, in the way pg_ctl asks it. */
  boolean isReady(long pid) {
    return postmasterLine(0).equals(Long.toString(pid)) && postmasterLine(7).equals("ready");
  }

  void deletePostmasterFile() throws IOException {
    Files.deleteIfExists(path.resolve(POSTMASTER));
  }

  private DataDirectory discarded() {
    return new DataDirectory(path.resolveSibling(path.getFileName() + ".discarded"));
  }

  private String postmasterLine(int number) {
    try {
      var lines = Files.readAllLines(path.resolve(POSTMASTER));
      return number < lines.size() ? lines.get(number).strip() : "";
    } catch (IOException absent) {
      return "";
    }
  }
}
