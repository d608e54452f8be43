package dev.userservice.replication;

import dev.userservice.datasource.ReadClient;
import dev.userservice.wal.LogPosition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks one server what it is: one statement, one round trip. A replica's timeline is the one it
 * receives, or last replayed from while it receives nothing.
 */
final class Probe {

  private static final String STATEMENT =
      """
      SELECT r.in_recovery,
             CASE WHEN r.in_recovery
                  THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver),
                                (SELECT min_recovery_end_timeline FROM pg_control_recovery()))
                  ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
             END,
             CASE WHEN r.in_recovery
                  THEN pg_last_wal_replay_lsn()
                  ELSE pg_current_wal_flush_lsn()
             END::text,
             current_setting('synchronous_standby_names') <> '',
             (SELECT system_identifier FROM pg_control_system())
      FROM (SELECT pg_is_in_recovery() AS in_recovery) r
      """;

  private final ReadClient client;
  private final Duration deadline;

  Probe(ReadClient client, Duration deadline) {
    this.client = client;
    this.deadline = deadline;
  }

  /** The role and position; fails when there is no answer within the deadline. */
  Future<Answer> send() {
    return client
        .execute(STATEMENT, Tuple.tuple())
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .map(Probe::read);
  }

  private static Answer read(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    Role role = row.getBoolean(0) ? Role.REPLICA : Role.PRIMARY;
    int timeline = Math.max(1, row.getInteger(1));
    LogPosition position = new LogPosition(timeline, LogPosition.parseLsn(row.getString(2)));
    return new Answer(role, position, row.getBoolean(3), row.getLong(4));
  }

  /**
   * What the server said.
   *
   * @param position flushed by a primary, replayed by a replica
   * @param synchronous whether, were it the primary, its commits wait for replicas
   * @param system identifies the database system, which a primary shares with its replicas only
   */
  record Answer(Role role, LogPosition position, boolean synchronous, long system) {}
}
