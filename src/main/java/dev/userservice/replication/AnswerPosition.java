package dev.userservice.replication;

import dev.userservice.wal.LogPosition;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * Adds to an answer the position of the log that it may show: two columns after those of a select,
 * and one row of nulls if the select returns none.
 *
 * <p>The position is read after the statement's snapshot was taken, so it covers everything that
 * the snapshot shows. A replica makes a commit visible a moment before it counts the record as
 * replayed. If it has received more than it counts as replayed, the answer may show one record
 * more, and its position is one byte higher: only a server that has replayed that record too has
 * reached it. (PostgreSQL documentation, sections 9.28.4 and 26.4; {@code xlogrecovery.c}.)
 */
public final class AnswerPosition {

  /** Reads only the position. A later read on the same server shows at least as much. */
  public static final String ALONE = around("SELECT 1 AS one");

  private static final String ALONE_WITH_TIMELINE = withTimelineAround("SELECT 1 AS one");

  private AnswerPosition() {}

  /**
   * Reads only the position.
   *
   * @param settled whether the server's timeline is known
   */
  public static String alone(boolean settled) {
    return settled ? ALONE : ALONE_WITH_TIMELINE;
  }

  /**
   * The select with the LSN of its position. Its columns keep their indexes. To be used while the
   * shard is settled: then the timeline is the one that the server's last probe found.
   */
  public static String around(String select) {
    return around(select, "");
  }

  /** The select with its position, the timeline included. It is slower (ADR 6). */
  public static String withTimelineAround(String select) {
    return around(select, ", coalesce(%s, 0) AS timeline".formatted(Probe.TIMELINE));
  }

  private static String around(String select, String timeline) {
    return """
    SELECT r.*, p.*
    FROM (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                      ELSE pg_current_wal_flush_lsn() END::text AS lsn,
                 CASE WHEN pg_is_in_recovery()
                      THEN coalesce(pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn(), false)
                      ELSE true END AS settled
                 %s) p
    LEFT JOIN LATERAL (%s) r ON true
    """
        .formatted(timeline, select);
  }

  /** The position that the server had certainly replayed, or flushed, when it answered. */
  public static long replayedLsn(RowSet<Row> answer) {
    Row first = answer.iterator().next();
    return LogPosition.parseLsn(first.getString(end(first) - 2));
  }

  /** The position that another server must have reached to show as much as the answer. */
  public static long shownLsn(RowSet<Row> answer, long replayedLsn) {
    Row first = answer.iterator().next();
    return replayedLsn + (first.getBoolean(end(first) - 1) ? 0 : 1);
  }

  /** The timeline that the server was on when it answered, or the known one if it was not asked. */
  public static int timeline(RowSet<Row> answer, int known) {
    Row first = answer.iterator().next();
    return tellsTimeline(first) ? Math.max(1, first.getInteger(end(first))) : known;
  }

  private static int end(Row row) {
    return row.size() - (tellsTimeline(row) ? 1 : 0);
  }

  private static boolean tellsTimeline(Row row) {
    return row.getValue(row.size() - 1) instanceof Integer;
  }
}
