package dev.userservice.user.bulk;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Counts what an import did, and keeps the first rejections. Thread-safe. */
final class ImportReport {

  /** Rejected lines that are listed; further ones are only counted. */
  static final int LISTED_REJECTIONS = 1000;

  // The head is the last line: the database refuses lines later than the parser does.
  private final PriorityQueue<Rejection> rejected =
      new PriorityQueue<>(Comparator.comparingLong(Rejection::line).reversed());
  private long imported;
  private long rejections;

  /**
   * One line that was not imported.
   *
   * @param line its number, from 1
   * @param detail what is wrong with it
   */
  @Schema(
      name = "ImportRejection",
      requiredProperties = {"line", "detail"})
  public record Rejection(@Schema(minimum = "1") long line, String detail) {}

  /**
   * The answer to an import.
   *
   * @param imported lines that became users
   * @param rejectedCount lines that did not
   * @param rejected the first of those, in line order
   */
  @Schema(
      name = "ImportSummary",
      requiredProperties = {"imported", "rejectedCount", "rejected"})
  public record Summary(
      @Schema(minimum = "0") long imported,
      @Schema(minimum = "0") long rejectedCount,
      @Schema(maxItems = LISTED_REJECTIONS) List<Rejection> rejected) {

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
    rejected.add(new Rejection(line, detail));
    if (rejected.size() > LISTED_REJECTIONS) {
      rejected.remove();
    }
  }

  synchronized Summary summary() {
    List<Rejection> listed =
        rejected.stream().sorted(Comparator.comparingLong(Rejection::line)).toList();
    return new Summary(imported, rejections, listed);
  }
}
