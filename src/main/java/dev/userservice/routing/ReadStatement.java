package dev.userservice.routing;

import dev.userservice.replication.AnswerPosition;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.function.Function;

/**
 * A select that any server of a shard can answer, and what its rows mean. Made once, used for every
 * read; may be run more than once for one read, on different servers.
 *
 * @param <T> the answer
 */
public final class ReadStatement<T> {

  private final String sql;
  private final Function<RowSet<Row>, T> rows;
  private final boolean point;

  private ReadStatement(String select, Function<RowSet<Row>, T> rows, boolean point) {
    this.sql = AnswerPosition.around(select);
    this.rows = rows;
    this.point = point;
  }

  /**
   * A read of one row by its key, which is the same work on every server: its latency tells how
   * fast the server is, and it may be hedged.
   *
   * @param rows reads the answer; when the select finds nothing it gets one row of nulls
   */
  public static <T> ReadStatement<T> point(String select, Function<RowSet<Row>, T> rows) {
    return new ReadStatement<>(select, rows, true);
  }

  /** Any other read. */
  public static <T> ReadStatement<T> scan(String select, Function<RowSet<Row>, T> rows) {
    return new ReadStatement<>(select, rows, false);
  }

  String sql() {
    return sql;
  }

  T read(RowSet<Row> answer) {
    return rows.apply(answer);
  }

  boolean isPoint() {
    return point;
  }
}
