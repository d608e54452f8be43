package dev.userservice.replication;

import dev.userservice.datasource.PipelinedClient;
import dev.userservice.wal.LogPosition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the timelines of a shard began, kept in its database: a promoted server knows the position
 * it was promoted at only until it restarts, so the first process that sees it writes it down. The
 * rows are replicated, so a database holds exactly the timelines that its own history passed
 * through. One round trip to write, one to read.
 */
final class TimelineBegins {

  // The commit must not wait for replicas: right after a promotion there is none.
  private static final String RECORD =
      """
      WITH local AS (SELECT set_config('synchronous_commit', 'local', true))
      INSERT INTO timeline_begin (timeline, began_at)
      SELECT ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int,
             pg_last_wal_replay_lsn()
      FROM local
      WHERE pg_last_wal_replay_lsn() IS NOT NULL
      ON CONFLICT DO NOTHING
      """;
  private static final String ALL = "SELECT timeline, began_at::text FROM timeline_begin";

  private TimelineBegins() {}

  /**
   * Writes down where the primary's timeline began, unless it is known, and answers all. A primary
   * that cannot write, since its disk is full for instance, answers what it has.
   */
  static Future<SortedMap<Integer, Long>> recordAndRead(PipelinedClient primary) {
    return primary
        .execute(RECORD, Tuple.tuple())
        .transform(recorded -> primary.execute(ALL, Tuple.tuple()))
        .map(TimelineBegins::read);
  }

  private static SortedMap<Integer, Long> read(RowSet<Row> rows) {
    SortedMap<Integer, Long> begins = new TreeMap<>();
    rows.forEach(row -> begins.put(row.getInteger(0), LogPosition.parseLsn(row.getString(1))));
    return begins;
  }
}
