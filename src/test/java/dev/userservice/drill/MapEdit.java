package dev.userservice.drill;

import dev.userservice.TestConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;

/**
 * Moves slots with their users to another shard as an administrator would, by two transactions on
 * two primaries. Between the two, neither shard owns the slots.
 */
final class MapEdit {

  private static final String TAKE =
      """
      WITH gone AS (DELETE FROM users WHERE slot_of(id) = ANY (?) RETURNING *)
      SELECT coalesce(json_agg(gone), '[]')::text FROM gone
      """;
  private static final String GIVE =
      "INSERT INTO users SELECT * FROM json_populate_recordset(NULL::users, ?::json)";

  private final DrillCluster cluster;

  MapEdit(DrillCluster cluster) {
    this.cluster = cluster;
  }

  /** The epoch of a shard's copy of the map. */
  long epoch(int shard) throws SQLException {
    try (Connection connection = connect(shard)) {
      return number(connection, "SELECT epoch FROM shard_identity");
    }
  }

  /** How many slots a shard owns by its own copy of the map. */
  long slotsOf(int shard) throws SQLException {
    try (Connection connection = connect(shard)) {
      return number(connection, "SELECT count(*) FROM shard_map JOIN shard_identity USING (shard)");
    }
  }

  /** The counter of a user as a shard's primary has it, -1 if the user is not there. */
  long counter(int shard, long id) throws SQLException {
    try (Connection connection = connect(shard)) {
      return number(
          connection,
          "SELECT coalesce((SELECT (attributes->>'counter')::bigint FROM users WHERE id = %d), -1)"
              .formatted(id));
    }
  }

  /** Moves slots; in between, nobody owns them for the given time. */
  void move(Collection<Integer> slots, int source, int target, Duration between)
      throws SQLException {
    Integer[] moving = slots.toArray(Integer[]::new);
    long epoch = Math.max(epoch(source), epoch(target)) + 1;
    String users = leave(moving, source, target, epoch);
    DrillTime.pass(between);
    arrive(moving, target, epoch, users);
  }

  private String leave(Integer[] slots, int source, int target, long epoch) throws SQLException {
    try (Connection connection = connect(source)) {
      connection.setAutoCommit(false);
      execute(connection, "LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE");
      String users = take(connection, slots);
      change(connection, slots, target, epoch);
      connection.commit();
      return users;
    }
  }

  private void arrive(Integer[] slots, int target, long epoch, String users) throws SQLException {
    try (Connection connection = connect(target)) {
      connection.setAutoCommit(false);
      change(connection, slots, target, epoch);
      try (PreparedStatement give = connection.prepareStatement(GIVE)) {
        give.setString(1, users);
        give.executeUpdate();
      }
      connection.commit();
    }
  }

  private static String take(Connection connection, Integer[] slots) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setArray(1, connection.createArrayOf("integer", slots));
      try (ResultSet row = take.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void change(Connection connection, Integer[] slots, int owner, long epoch)
      throws SQLException {
    execute(connection, "UPDATE shard_identity SET epoch = " + epoch);
    try (PreparedStatement map =
        connection.prepareStatement("UPDATE shard_map SET shard = ? WHERE slot = ANY (?)")) {
      map.setInt(1, owner);
      map.setArray(2, connection.createArrayOf("integer", slots));
      map.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection connect(int shard) throws SQLException {
    return TestConnections.connect(
        cluster.primary(shard).endpoint(), cluster.topology().credentials());
  }
}
