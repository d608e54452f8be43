package dev.userservice.user.bulk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts what an import did, and keeps the first rejections. Thread-safe. */
final class ImportReport {

  /** Rejected lines that are listed; further ones are only counted. */
  static final int LISTED_REJECTIONS = 1000;

  private final List<Rejection> rejected = new ArrayList<>();
  private long imported;
  private long rejections;

  /**
   * One line that was not imported.
   *
   * @param line its number, from 1
   * @param detail what is wrong with it
   */
  public record Rejection(long line, String detail) {}

  /**
   * The answer to an import.
   *
   * @param imported lines that became users
   * @param rejectedCount lines that did not
   * @param rejected the first of those, in line order
   */
  public record Summary(long imported, long rejectedCount, List<Rejection> rejected) {

    /** Copies the rejections. */
    public Summary {
      rejected = List.copyOf(rejected);
    }
  }

  synchronized void imported(int users) {
    imported += users;
  }

  synchronized void rejected(long line, String detail) {
    rejections++;
    if (rejected.size() < LISTED_REJECTIONS) {
      rejected.add(new Rejection(line, detail));
    }
  }

  synchronized Summary summary() {
    rejected.sort(Comparator.comparingLong(Rejection::line));
    return new Summary(imported, rejections, rejected);
  }
}
