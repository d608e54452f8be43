package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The data directory of one server, and the files in it that decide as what it may be started.
 *
 * <p>A directory with {@code standby.signal} is a replica's, one without is a primary's. One with
 * our file {@code fenced} is never started: another server may have been promoted in its place.
 * That file is on disk before a promotion begins, so a crash never leaves two primaries.
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

  /** The directory in which this one is built until it is complete. */
  public DataDirectory partial() {
    return new DataDirectory(path.resolveSibling(path.getFileName() + ".partial"));
  }

  /** Replaces this directory by the complete partial one. */
  public void install() throws IOException {
    // Renamed before it is deleted: a half-deleted directory without its fence would look like a
    // primary's.
    DataDirectory discarded = discarded();
    FileTree.delete(discarded.path);
    if (Files.exists(path)) {
      DurableFile.move(path, discarded.path);
    }
    DurableFile.move(partial().path, path);
    FileTree.delete(discarded.path);
  }

  /** Deletes what an interrupted run has left incomplete. */
  public void deleteRemains() throws IOException {
    FileTree.delete(partial().path);
    FileTree.delete(discarded().path);
  }

  public String majorVersion() throws IOException {
    return Files.readString(path.resolve("PG_VERSION")).strip();
  }

  /** The process in {@code postmaster.pid}, which may not exist any more. */
  OptionalLong postmaster() {
    String first = postmasterLine(0);
    return first.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(first))
        : OptionalLong.empty();
  }

  /** Whether this postmaster accepts connections, by the file that pg_ctl reads too. */
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
