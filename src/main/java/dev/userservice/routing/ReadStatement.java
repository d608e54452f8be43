package dev.userservice.routing;

import dev.userservice.replication.AnswerPosition;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.function.Function;

/**
 * A SELECT statement and the function that turns its rows into an answer. One instance serves all
 * reads. For one read it may run more than once, on different servers.
 *
 * @param <T> the type of the answer
 */
public final class ReadStatement<T> {

  private final String sql;
  private final String sqlWithTimeline;
  private final Function<RowSet<Row>, T> rows;
  private final boolean point;

  private ReadStatement(String select, Function<RowSet<Row>, T> rows, boolean point) {
    this.sql = AnswerPosition.around(select);
    this.sqlWithTimeline = AnswerPosition.withTimelineAround(select);
    this.rows = rows;
    this.point = point;
  }

  /**
   * A read of one row by its key. It is the same work on every server, so its latency measures the
   * server, and it may be hedged.
   *
   * @param rows reads the answer; it gets one row of nulls when the statement finds nothing
   */
  public static <T> ReadStatement<T> point(String select, Function<RowSet<Row>, T> rows) {
    return new ReadStatement<>(select, rows, true);
  }

  /** Any other read. */
  public static <T> ReadStatement<T> scan(String select, Function<RowSet<Row>, T> rows) {
    return new ReadStatement<>(select, rows, false);
  }

  /**
   * The statement.
   *
   * @param settled whether the timeline of the server that answers is known
   */
  String sql(boolean settled) {
    return settled ? sql : sqlWithTimeline;
  }

  T read(RowSet<Row> answer) {
    return rows.apply(answer);
  }

  boolean isPoint() {
    return point;
  }
}
