package dev.userservice.user;

import dev.userservice.sharding.OwnerReads.Found;
import dev.userservice.user.json.Attributes;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Maps rows of the read client, by position: the one row mapper of all reads. */
final class UserRows {

  /** The columns that {@link #user} expects, in its order. */
  static final String COLUMNS =
      "id, name, age, email, attributes::text, version, created_at, updated_at";

  private UserRows() {}

  static User user(Row row) {
    return new User(
        row.getLong(0),
        row.getString(1),
        row.getInteger(2),
        row.getString(3),
        new Attributes(row.getString(4)),
        row.getLong(5),
        row.getOffsetDateTime(6).toInstant(),
        row.getOffsetDateTime(7).toInstant());
  }

  /** The user of a point read, whose answer is one row: of nulls when there is no such user. */
  static Optional<User> first(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    return isUser(row) ? Optional.of(user(row)) : Optional.empty();
  }

  /** The same, with a last column that tells whether the shard owns the user's slot. */
  static Found<User> found(RowSet<Row> rows) {
    return new Found<>(first(rows), Boolean.TRUE.equals(rows.iterator().next().getBoolean(8)));
  }

  static List<User> all(RowSet<Row> rows) {
    List<User> users = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (isUser(row)) {
        users.add(user(row));
      }
    }
    return users;
  }

  private static boolean isUser(Row row) {
    return row.getLong(0) != null;
  }
}
