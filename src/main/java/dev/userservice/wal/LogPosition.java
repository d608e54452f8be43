package dev.userservice.wal;

import org.jspecify.annotations.Nullable;

/**
 * A position in PostgreSQL's write-ahead log.
 *
 * @param timeline the history the position belongs to, 1 or more
 * @param lsn byte offset in that history, read as unsigned
 */
public record LogPosition(int timeline, long lsn) {

  /** Refuses a timeline below 1. */
  public LogPosition {
    if (timeline < 1) {
      throw new IllegalArgumentException("timeline " + timeline + " is below 1");
    }
  }

  /** Whether this position includes everything up to the other; false across timelines. */
  public boolean reaches(LogPosition other) {
    return timeline == other.timeline && Long.compareUnsigned(lsn, other.lsn) >= 0;
  }

  /** Whether this position is on a later timeline than the other, or further on the same one. */
  public boolean isBeyond(LogPosition other) {
    return timeline == other.timeline
        ? Long.compareUnsigned(lsn, other.lsn) > 0
        : timeline > other.timeline;
  }

  /** A position that only the primary of the timeline itself is known to have reached. */
  public static LogPosition endOf(int timeline) {
    return new LogPosition(timeline, -1);
  }

  /** Reads PostgreSQL's text form of an LSN, such as {@code 16/B374D848}. */
  public static long parseLsn(String text) {
    int slash = text.indexOf('/');
    return Long.parseLong(text, 0, slash, 16) << 32
        | Long.parseLong(text, slash + 1, text.length(), 16);
  }

  // Written out: what Java generates for a record is interpreted in a native executable, where it
  // took a seventh of the time of a read.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LogPosition position
        && timeline == position.timeline
        && lsn == position.lsn;
  }

  @Override
  public int hashCode() {
    return 31 * timeline + Long.hashCode(lsn);
  }

  @Override
  public String toString() {
    return "%d:%X/%X".formatted(timeline, lsn >>> 32, lsn & 0xFFFF_FFFFL);
  }
}
