package dev.userservice.sharding.map;

import dev.userservice.datasource.ConfirmedTransactions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * One shard's copy of the map.
 *
 * @param shard the number that the database itself claims
 * @param map the whole map
 */
record StoredShardMap(int shard, ShardMap map) {

  private static final String COPY =
      """
      SELECT i.cluster, i.shard, i.epoch,
             (SELECT array_agg(m.shard ORDER BY m.slot) FROM shard_map m)
      FROM shard_identity i
      """;

  /** Selects the copy if its epoch is above that of the parameter. For {@link #first}. */
  static final String NEWER_THAN = COPY + "WHERE i.epoch > $1";

  private static final String EXISTS = "SELECT to_regclass('shard_identity') IS NOT NULL";

  /** The copy of a database; empty if it has none, or no tables yet. */
  static Optional<StoredShardMap> read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return exists(statement) ? read(statement) : Optional.empty();
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(EXISTS)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static Optional<StoredShardMap> read(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(COPY)) {
      if (!row.next()) {
        return Optional.empty();
      }
      Integer[] owners = (Integer[]) row.getArray(4).getArray();
      return Optional.of(of(row.getInt(2), row.getObject(1, UUID.class), row.getLong(3), owners));
    }
  }

  /** The copy that {@link #NEWER_THAN} selected; empty if it selected none. */
  static Optional<StoredShardMap> first(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    return Optional.of(
        of(row.getInteger(1), row.getUUID(0), row.getLong(2), row.getArrayOfIntegers(3)));
  }

  private static StoredShardMap of(int shard, UUID cluster, long epoch, Integer[] owners) {
    int[] unboxed = Arrays.stream(owners).mapToInt(Integer::intValue).toArray();
    return new StoredShardMap(shard, new ShardMap(cluster, epoch, unboxed));
  }

  /** Writes the copy unless the database has one; tells whether it did. */
  boolean writeIfAbsent(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement identity =
            connection.prepareStatement(
                """
                INSERT INTO shard_identity (cluster, shard, epoch) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING
                """);
        PreparedStatement slots =
            connection.prepareStatement(
                """
                INSERT INTO shard_map (slot, shard)
                SELECT ordinal - 1, shard
                FROM unnest(?::int[]) WITH ORDINALITY AS owner (shard, ordinal)
                """)) {
      identity.setObject(1, map.cluster());
      identity.setInt(2, shard);
      identity.setLong(3, map.epoch());
      boolean absent = identity.executeUpdate() == 1;
      if (absent) {
        slots.setObject(1, map.owners());
        slots.executeUpdate();
      }
      ConfirmedTransactions.commit(connection);
      return absent;
    }
  }

  /**
   * Replaces the given copy, of an older map of the same cluster, if the database still has that;
   * tells whether it did. Does not commit.
   */
  boolean replace(ShardMap copy, Connection connection) throws SQLException {
    if (copy.epoch() >= map.epoch()) {
      return false;
    }
    try (PreparedStatement identity =
            connection.prepareStatement(
                "UPDATE shard_identity SET epoch = ? WHERE cluster = ? AND epoch = ?");
        PreparedStatement slots =
            connection.prepareStatement(
                """
                UPDATE shard_map SET shard = owner.shard
                FROM unnest(?::int[]) WITH ORDINALITY AS owner (shard, ordinal)
                WHERE slot = owner.ordinal - 1 AND shard_map.shard <> owner.shard
                """)) {
      identity.setLong(1, map.epoch());
      identity.setObject(2, map.cluster());
      identity.setLong(3, copy.epoch());
      boolean unchanged = identity.executeUpdate() == 1;
      if (unchanged) {
        slots.setObject(1, map.owners());
        slots.executeUpdate();
      }
      return unchanged;
    }
  }
}
