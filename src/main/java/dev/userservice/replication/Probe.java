package dev.userservice.replication;

import dev.userservice.datasource.PipelinedClient;
import dev.userservice.wal.LogPosition;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server what it is: one statement, one round trip. A replica's timeline is the one it
 * receives, or last replayed from while it receives nothing.
 */
final class Probe {

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String NO_QUESTION = "NULL::bigint";

  /** The server's timeline, as an SQL expression of type {@code int}. */
  static final String TIMELINE =
      """
      CASE WHEN pg_is_in_recovery()
           THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver),
                         (SELECT min_recovery_end_timeline FROM pg_control_recovery()))
           ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
      END\
      """;

  // The placeholders: the server's timeline, and what else is asked.
  private static final String STATEMENT =
      """
      SELECT r.in_recovery,
             %s,
             CASE WHEN r.in_recovery
                  THEN pg_last_wal_replay_lsn()
                  ELSE pg_current_wal_flush_lsn()
             END::text,
             (SELECT count(*) FROM pg_stat_get_wal_senders() WHERE state = 'streaming')::int,
             CASE WHEN NOT r.in_recovery THEN pg_last_wal_replay_lsn() END::text,
             current_setting('synchronous_standby_names') <> '',
             (SELECT system_identifier FROM pg_control_system()),
             to_regclass('flyway_schema_history') IS NOT NULL,
             %s
      FROM (SELECT pg_is_in_recovery() AS in_recovery) r
      """;

  private static final String ALONE = STATEMENT.formatted(TIMELINE, NO_QUESTION);

  private final PipelinedClient client;
  private final Duration deadline;

  Probe(PipelinedClient client, Duration deadline) {
    this.client = client;
    this.deadline = deadline;
  }

  /** The statement that asks for one more number. */
  static String with(ProbeQuestion question) {
    return STATEMENT.formatted(TIMELINE, question.expression());
  }

  /**
   * The role and position; fails when there is no answer within the deadline.
   *
   * @param question a statement made by {@link #with}; null to ask for nothing more
   */
  Future<Answer> send(@Nullable String question) {
    Future<RowSet<Row>> answer =
        question == null
            ? client.execute(ALONE, Tuple.tuple())
            : client
                .execute(question, Tuple.tuple())
                .recover(
                    failure ->
                        isUndefinedTable(failure)
                            ? client.execute(ALONE, Tuple.tuple())
                            : Future.failedFuture(failure));
    return answer.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS).map(Probe::read);
  }

  private static boolean isUndefinedTable(Throwable failure) {
    return failure instanceof PgException refused && UNDEFINED_TABLE.equals(refused.getSqlState());
  }

  private static Answer read(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    Role role = row.getBoolean(0) ? Role.REPLICA : Role.PRIMARY;
    int timeline = Math.max(1, row.getInteger(1));
    LogPosition position = new LogPosition(timeline, LogPosition.parseLsn(row.getString(2)));
    String began = row.getString(4);
    long beganAt = began == null ? EndpointState.UNKNOWN_BEGIN : LogPosition.parseLsn(began);
    return new Answer(
        new EndpointState(role, position, row.getInteger(3), beganAt),
        row.getBoolean(5),
        row.getLong(6),
        row.getBoolean(7),
        row.getLong(8));
  }

  /**
   * What the server said.
   *
   * @param state its role and position
   * @param synchronous whether, were it the primary, its commits wait for replicas
   * @param system identifies the database system, which a primary shares with its replicas only
   * @param initialised whether its database has the service's schema, of whatever version
   * @param asked what the question asked for; null if nothing was asked, or there is none
   */
  record Answer(
      EndpointState state,
      boolean synchronous,
      long system,
      boolean initialised,
      @Nullable Long asked) {}
}
