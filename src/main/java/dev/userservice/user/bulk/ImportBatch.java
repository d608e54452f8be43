package dev.userservice.user.bulk;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows for one shard, written by one statement. Belongs to one thread at a time. */
final class ImportBatch {

  private static final String ROWS =
      """
      SELECT %s FROM unnest(?::bigint[], ?::text[], ?::smallint[], ?::text[], ?::json[])
        AS row (id, name, age, email, attributes)
      """;
  private static final String COLUMNS = "id, name, age, email, attributes";
  private static final String INSERT =
      "INSERT INTO users (%s, created_at, updated_at) ".formatted(COLUMNS)
          + ROWS.formatted(COLUMNS + ", statement_timestamp(), statement_timestamp()")
          + "ON CONFLICT (id) DO NOTHING RETURNING id";

  /** Finds the rows that an earlier, unanswered run of the same statement had committed. */
  private static final String ALREADY_THERE =
      "SELECT u.id FROM users u JOIN (%s) r USING (id)".formatted(ROWS.formatted(COLUMNS))
          + """
           WHERE u.version = 1 AND u.name = r.name AND u.age IS NOT DISTINCT FROM r.age
             AND u.email IS NOT DISTINCT FROM r.email
             AND u.attributes::text = r.attributes::text
          """;

  private final Map<Long, ImportRow> rows = new LinkedHashMap<>();
  private long bytes;

  /** Adds a row, unless the batch has one with its ID. */
  boolean add(ImportRow row, int size) {
    bytes += size;
    return rows.putIfAbsent(row.id(), row) == null;
  }

  boolean reaches(int users, long size) {
    return rows.size() >= users || bytes >= size;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The rows, in the order in which they were added. */
  Collection<ImportRow> rows() {
    return rows.values();
  }

  /** The rows in two batches, of which neither is empty if there are two rows or more. */
  List<ImportBatch> halves() {
    ImportBatch first = new ImportBatch();
    ImportBatch second = new ImportBatch();
    rows.values().forEach(row -> (first.size() < size() / 2 ? first : second).add(row, 0));
    return List.of(first, second);
  }

  /** Inserts the rows whose ID is free and answers the rows whose ID was taken. */
  List<ImportRow> insert(Connection connection) throws SQLException {
    return without(run(connection, INSERT));
  }

  /** The same after a run that was perhaps committed: its rows are not taken by others. */
  List<ImportRow> insertMissing(Connection connection) throws SQLException {
    Set<Long> written = run(connection, ALREADY_THERE);
    written.addAll(run(connection, INSERT));
    return without(written);
  }

  private List<ImportRow> without(Set<Long> written) {
    return rows.values().stream().filter(row -> !written.contains(row.id())).toList();
  }

  int size() {
    return rows.size();
  }

  private Set<Long> run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, 1, "bigint", ImportRow::id);
      bind(connection, statement, 2, "text", row -> row.user().name());
      bind(connection, statement, 3, "smallint", row -> row.user().age());
      bind(connection, statement, 4, "text", row -> row.user().email());
      bind(connection, statement, 5, "text", row -> row.user().attributesOrNone().json());
      return ids(statement);
    }
  }

  private void bind(
      Connection connection,
      PreparedStatement statement,
      int parameter,
      String type,
      Function<ImportRow, @Nullable Object> column)
      throws SQLException {
    Array array = connection.createArrayOf(type, rows.values().stream().map(column).toArray());
    statement.setArray(parameter, array);
  }

  private static Set<Long> ids(PreparedStatement statement) throws SQLException {
    Set<Long> ids = new HashSet<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }
}
