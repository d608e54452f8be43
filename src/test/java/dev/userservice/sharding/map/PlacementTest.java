package dev.userservice.sharding.map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;

import dev.userservice.TestConnections;
import dev.userservice.datasource.Endpoint;
import dev.userservice.sharding.Shards;
import dev.userservice.topology.EndpointDiscovery;
import dev.userservice.topology.Topology;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Looks into each server of the running service's cluster. */
@QuarkusTest
final class PlacementTest {

  @Inject Instance<EndpointDiscovery> discoveries;
  @Inject Shards shards;

  @Test
  void aUserIsOnItsShardAndAllItsReplicasAndNowhereElse() throws SQLException {
    for (long id = 5_000_000_001L; id < 5_000_000_021L; id++) {
      given()
          .contentType("application/json")
          .body("{\"name\":\"placed\"}")
          .put("/users/" + id)
          .then()
          .statusCode(anyOf(equalTo(200), equalTo(201)));
      int home = shards.map().shardOf(id);
      for (int shard = 0; shard < topology().shards().size(); shard++) {
        String count = "SELECT count(*) FROM users WHERE id = " + id;
        String expected = shard == home ? "1" : "0";
        for (Endpoint endpoint : topology().shards().get(shard)) {
          Awaitility.await()
              .atMost(Duration.ofSeconds(5))
              .until(() -> query(endpoint, count).equals(expected));
        }
      }
    }
  }

  @Test
  void everyShardHasOnePrimaryAndTwoStreamingReplicasWithQuorumCommit() throws SQLException {
    for (int shard = 0; shard < 2; shard++) {
      Endpoint primary = primary(shard);
      assertThat(query(primary, "SHOW synchronous_standby_names")).startsWith("ANY 1 (");
      assertThat(query(primary, "SHOW wal_level")).isEqualTo("logical");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  query(
                          primary,
                          "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                              + " AND sync_state = 'quorum'")
                      .equals("2"));
    }
  }

  @Test
  void theDatabaseRefusesAUserOfAnotherShard() {
    long id = 1;
    while (shards.map().shardOf(id) == 0) {
      id++;
    }
    String insert = "INSERT INTO users (id, name) VALUES (%d, 'astray') RETURNING 1".formatted(id);
    assertThatThrownBy(() -> query(primary(0), insert))
        .isInstanceOfSatisfying(
            SQLException.class, refusal -> assertThat(refusal.getSQLState()).isEqualTo("US001"));
  }

  @Test
  void theSchemasSlotFunctionIsTheJavaOne() throws SQLException {
    SlotFunction function = new SlotFunction(4096);
    for (long id : new long[] {1, -1, 0, Long.MAX_VALUE, Long.MIN_VALUE, 123_456_789_012L}) {
      assertThat(query(primary(0), "SELECT slot_of((" + id + ")::bigint)"))
          .isEqualTo(Integer.toString(function.slotOf(id)));
    }
  }

  private Topology topology() {
    return discoveries.stream()
        .filter(EndpointDiscovery::active)
        .findFirst()
        .orElseThrow()
        .discover(Duration.ZERO);
  }

  private Endpoint primary(int shard) {
    return shards.all().get(shard).group().primary().orElseThrow().endpoint();
  }

  private String query(Endpoint endpoint, String sql) throws SQLException {
    try (Connection connection = TestConnections.connect(endpoint, topology().credentials());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
