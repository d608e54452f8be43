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

  private AnswerPosition() {}

  /** The select with its position. Its columns keep their indexes. */
  public static String around(String select) {
    return """
    SELECT r.*, p.*
    FROM (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                      ELSE pg_current_wal_flush_lsn() END::text AS lsn,
                 CASE WHEN pg_is_in_recovery()
                      THEN coalesce(pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn(), false)
                      ELSE true END AS settled) p
    LEFT JOIN LATERAL (%s) r ON true
    """
        .formatted(select);
  }

  /** The position that the server had certainly replayed, or flushed, when it answered. */
  public static long replayedLsn(RowSet<Row> answer) {
    Row first = answer.iterator().next();
    return LogPosition.parseLsn(first.getString(first.size() - 2));
  }

  /** The position that another server must have reached to show as much as the answer. */
  public static long shownLsn(RowSet<Row> answer, long replayedLsn) {
    Row first = answer.iterator().next();
    return replayedLsn + (first.getBoolean(first.size() - 1) ? 0 : 1);
  }
}
