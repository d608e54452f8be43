package dev.userservice.sharding.map;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * One shard's copy of the map.
 *
 * @param shard the number that the database itself claims
 * @param map the whole map
 */
record StoredShardMap(int shard, ShardMap map) {

  static Optional<StoredShardMap> read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT i.cluster, i.shard, i.epoch,
                       (SELECT array_agg(m.shard ORDER BY m.slot) FROM shard_map m)
                FROM shard_identity i
                """)) {
      if (!row.next()) {
        return Optional.empty();
      }
      Integer[] boxed = (Integer[]) row.getArray(4).getArray();
      int[] owners = new int[boxed.length];
      for (int slot = 0; slot < owners.length; slot++) {
        owners[slot] = boxed[slot];
      }
      ShardMap map = new ShardMap(row.getObject(1, UUID.class), row.getLong(3), owners);
      return Optional.of(new StoredShardMap(row.getInt(2), map));
    }
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
      connection.commit();
      return absent;
    }
  }

  /** Replaces an older copy of the same cluster's map; tells whether it did. Does not commit. */
  boolean replaceOlder(Connection connection) throws SQLException {
    try (PreparedStatement identity =
            connection.prepareStatement(
                "UPDATE shard_identity SET epoch = ? WHERE cluster = ? AND epoch < ?");
        PreparedStatement slots =
            connection.prepareStatement(
                """
                UPDATE shard_map SET shard = owner.shard
                FROM unnest(?::int[]) WITH ORDINALITY AS owner (shard, ordinal)
                WHERE slot = owner.ordinal - 1 AND shard_map.shard <> owner.shard
                """)) {
      identity.setLong(1, map.epoch());
      identity.setObject(2, map.cluster());
      identity.setLong(3, map.epoch());
      boolean older = identity.executeUpdate() == 1;
      if (older) {
        slots.setObject(1, map.owners());
        slots.executeUpdate();
      }
      return older;
    }
  }
}
