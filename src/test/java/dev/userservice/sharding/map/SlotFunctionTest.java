package dev.userservice.sharding.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestCluster;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL is the oracle: its partition check, and the SQL function of the schema. */
final class SlotFunctionTest {

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    -2,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    -(1L << 32),
    (1L << 53) - 1,
    0xFFFF_FFFFL
  };
  private static final int BATCH = 100_000;

  @Test
  void javaAndPostgresqlAgreeOnAMillionIds() throws SQLException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    SlotFunction function = new SlotFunction(4096);
    try (Connection connection = TestCluster.primary(0)) {
      createPartitionedTable(connection);
      for (int batch = 0; batch < 10; batch++) {
        long[] ids = random.longs(BATCH).toArray();
        System.arraycopy(EXTREMES, 0, ids, 0, EXTREMES.length);
        assertThat(disagreements(connection, function, ids)).as("seed %d", seed).isZero();
      }
    }
  }

  @Test
  void aWrongSlotWouldBeNoticed() throws SQLException {
    try (Connection connection = TestCluster.primary(0)) {
      createPartitionedTable(connection);
      assertThat(disagreements(connection, new SlotFunction(2048), new long[] {1, 2, 3, 4, 5, 6}))
          .isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 3, 4095, 131_072})
  void onlyPowersOfTwoAreSlotCounts(int slots) {
    assertThatThrownBy(() -> new SlotFunction(slots)).hasMessageContaining("users.sharding.slots");
  }

  private static void createPartitionedTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE partitioned (id bigint) PARTITION BY HASH (id)");
    }
  }

  /** Counts the IDs whose Java slot PostgreSQL's own partition check does not accept. */
  private static int disagreements(Connection connection, SlotFunction function, long[] ids)
      throws SQLException {
    Long[] boxed = new Long[ids.length];
    Integer[] slots = new Integer[ids.length];
    for (int index = 0; index < ids.length; index++) {
      boxed[index] = ids[index];
      slots[index] = function.slotOf(ids[index]);
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT count(*) FROM unnest(?::bigint[], ?::int[]) AS tried (id, slot)
            WHERE NOT satisfies_hash_partition('partitioned'::regclass, 4096, slot, id)
            """)) {
      Array idArray = connection.createArrayOf("bigint", boxed);
      Array slotArray = connection.createArrayOf("int", slots);
      statement.setArray(1, idArray);
      statement.setArray(2, slotArray);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
