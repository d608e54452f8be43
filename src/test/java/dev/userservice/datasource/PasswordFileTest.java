package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.userservice.TestCluster;
import dev.userservice.TestSettings;
import dev.userservice.time.Ticker;
import io.agroal.api.transaction.TransactionIntegration;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of a role whose password is in a file and changes. */
final class PasswordFileTest {

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final String role = "filed_" + UUID.randomUUID().toString().replace('-', '_');
  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path directory;
  private Path file;
  private EndpointConnections connections;

  @BeforeEach
  void open() throws Exception {
    administer("CREATE ROLE " + role + " LOGIN PASSWORD 'first'");
    file = Files.writeString(directory.resolve("password"), "first\n");
    connections = connections(Map.of("password-file", file.toString()));
  }

  @AfterEach
  void close() throws SQLException {
    connections.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    administer("DROP ROLE " + role);
  }

  @Test
  void newConnectionsHaveThePasswordThatTheFileHasThen() throws Exception {
    assertAllConnect();
    administer("ALTER ROLE " + role + " PASSWORD 'second'");
    endSessions();
    await().atMost(BOUND).until(() -> failureOfRead() == Failure.REJECTED);
    Files.writeString(file, "second");
    // A refusal is shared by the calls of a moment.
    await().atMost(BOUND).until(() -> failureOfRead() == null);
    assertAllConnect();
  }

  @Test
  void aFileThatIsMissingIsARefusedConnection() throws Exception {
    Files.delete(file);
    assertThatThrownBy(this::read)
        .satisfies(failure -> assertThat(Failure.of(failure)).isEqualTo(Failure.REJECTED));
    assertThatThrownBy(() -> connections.writes().connection())
        .satisfies(failure -> assertThat(Failure.of(failure)).isEqualTo(Failure.REJECTED));
  }

  @Test
  void aPasswordAndAFileAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connections(Map.of("password", "x", "password-file", file.toString())))
        .withMessage(
            "set only one of users.datasource.password and users.datasource.password-file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connections(Map.of("migrator-password-file", file + ".missing")))
        .withMessageContaining("users.datasource.migrator-password-file")
        .withMessageContaining("cannot be read");
  }

  private EndpointConnections connections(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    settings.forEach((name, value) -> all.put("users.datasource." + name, value));
    all.put("users.datasource.username", role);
    all.put("users.datasource.database", TestCluster.topology().credentials().database());
    all.put("users.datasource.write-deadline", "2s");
    DataSourceConfig config =
        TestSettings.of(all, DataSourceConfig.class).getConfigMapping(DataSourceConfig.class);
    return new ConnectionFactory(config, vertx, Ticker.system(), TransactionIntegration.none())
        .connections(TestCluster.topology().shards().get(0).get(0), Credentials.of(config));
  }

  private void assertAllConnect() throws Exception {
    assertThat(read()).isEqualTo(role);
    assertConnects(connections.writes().connection());
    assertConnects(connections.writes().unpooled("test", SILENCE).getConnection());
  }

  private static void assertConnects(Connection opened) throws SQLException {
    try (Connection connection = opened) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private String read() throws Exception {
    return connections
        .reads()
        .execute("SELECT current_user::text", Tuple.tuple())
        .map(rows -> rows.iterator().next().getString(0))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  /** Those of the pool are flushed, since the pool would find out only after a while. */
  private void endSessions() throws Exception {
    connections.writes().flush();
    administer(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '"
            + role
            + "'");
  }

  /** What kind of failure a read has now; null if it succeeds. */
  private @Nullable Failure failureOfRead() throws Exception {
    try {
      read();
      return null;
    } catch (ExecutionException failure) {
      return Failure.of(failure);
    }
  }

  private static void administer(String sql) throws SQLException {
    try (Connection administrator = TestCluster.primary(0);
        Statement statement = administrator.createStatement()) {
      statement.execute(sql);
    }
  }
}
