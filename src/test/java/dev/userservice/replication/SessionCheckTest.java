package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.userservice.TestCluster;
import dev.userservice.datasource.Credentials;
import dev.userservice.topology.Topology;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts as a role whose sessions have settings that they cannot set themselves. */
final class SessionCheckTest {

  private final String database = TestCluster.topology().credentials().database();
  private final String role = "checked_" + UUID.randomUUID().toString().replace('-', '_');
  private final Vertx vertx = Vertx.vertx();

  @BeforeEach
  void makeRole() throws SQLException {
    administer("CREATE ROLE " + role + " LOGIN PASSWORD 'secret' IN ROLE pg_monitor");
  }

  @AfterEach
  void dropRole() throws SQLException {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    administer("DROP ROLE " + role);
  }

  @ParameterizedTest
  @CsvSource({
    "session_replication_role, replica, session_replication_role = replica",
    "session_replication_role, local, session_replication_role = local",
    "transaction_timeout, 19s, transaction_timeout = 19000ms"
  })
  void aSettingAtFaultIsNamedWithWhatResetsIt(String name, String value, String told)
      throws SQLException {
    administer("ALTER ROLE %s SET %s = '%s'".formatted(role, name, value));
    assertThatIllegalStateException()
        .isThrownBy(this::start)
        .withMessageContaining(told + ", ")
        .withMessageEndingWith("ALTER ROLE " + role + " RESET " + name);
  }

  @Test
  void aSettingOfTheRoleInOneDatabaseIsResetThere() throws SQLException {
    administer(
        "ALTER ROLE %s IN DATABASE %s SET session_replication_role = replica"
            .formatted(role, database));
    assertThatIllegalStateException()
        .isThrownBy(this::start)
        .withMessageEndingWith(
            "ALTER ROLE %s IN DATABASE %s RESET session_replication_role"
                .formatted(role, database));
  }

  @ParameterizedTest
  @CsvSource({"session_replication_role, origin", "transaction_timeout, 20s"})
  void aSettingThatDoesNoHarmIsAccepted(String name, String value) throws SQLException {
    administer("ALTER ROLE %s SET %s = '%s'".formatted(role, name, value));
    ReplicationGroups groups = start();
    assertThat(groups.all()).hasSize(1);
    LiveGroups.stop(groups);
  }

  private ReplicationGroups start() {
    Topology topology =
        new Topology(
            List.of(List.of(TestCluster.topology().shards().get(0).get(0))),
            new Credentials(database, role, "secret"));
    return LiveGroups.started(vertx, topology, Map.of());
  }

  private static void administer(String sql) throws SQLException {
    try (Connection administrator = TestCluster.primary(0);
        Statement statement = administrator.createStatement()) {
      statement.execute(sql);
    }
  }
}
