package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What others do to the connections of the service while it serves: other defaults for its role, no
 * free connection, another password, a changed column. No write fails, no session reads an older
 * state, and no server is taken for lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("deep")
final class ConnectionFaultsIT {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int ENOUGH = 300;
  private static final int CLIENTS = 8;
  private static final String TOO_MANY_CONNECTIONS = "53300";

  private static final String RECORD_SETTINGS =
      """
      CREATE TABLE drill_settings (settings text PRIMARY KEY);
      CREATE FUNCTION drill_record_settings() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO drill_settings
        VALUES (concat_ws(', ', current_setting('synchronous_commit'),
                          current_setting('transaction_isolation'),
                          current_setting('transaction_read_only'),
                          current_setting('client_min_messages')))
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END
      $$;
      CREATE TRIGGER drill_record_settings AFTER INSERT OR UPDATE ON users
        FOR EACH ROW EXECUTE FUNCTION drill_record_settings();
      """;
  private static final String FORGET_SETTINGS =
      """
      DROP TRIGGER drill_record_settings ON users;
      DROP FUNCTION drill_record_settings();
      DROP TABLE drill_settings;
      """;

  private final long seed = System.nanoTime();
  private final FreshIds ids = new FreshIds(seed);
  private DrillCluster cluster;
  private ServiceProcess service;
  private UserClient client;
  private String role;
  private Connection primary;
  private Connection replica;
  private int mark;

  @BeforeAll
  void start() throws Exception {
    System.out.println("connection drill: seed " + seed);
    cluster = DrillCluster.start("drill-connections", 1, 1);
    role = cluster.topology().credentials().username();
    primary = connect(cluster.primary(0).endpoint());
    replica = connect(cluster.replicas(0).get(0).endpoint());
    execute(primary, "ALTER ROLE " + role + " RESET ALL");
    service = cluster.service();
    client = new UserClient(service.address("/"), CLIENTS);
  }

  @AfterAll
  void stop() throws SQLException {
    client.close();
    service.close();
    primary.close();
    replica.close();
    cluster.close();
  }

  /** Leaves the service with few connections, opened with the present defaults. */
  @BeforeEach
  void reconnect() throws SQLException {
    endSessions("application_name = 'user-service'");
    long user = ids.next();
    await()
        .atMost(BOUND)
        .until(
            () ->
                client.run(() -> client.put(user, 1, null), BOUND).successful() && bothAreKnown());
    mark = service.output().length();
  }

  @AfterEach
  void restore() throws SQLException {
    execute(primary, "ALTER ROLE " + role + " RESET ALL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "synchronous_commit = off",
        "default_transaction_read_only = on",
        "default_transaction_isolation = serializable",
        "client_min_messages = error"
      })
  void defaultsOfTheRoleDoNotMatter(String setting) throws Exception {
    execute(primary, "ALTER ROLE " + role + " SET " + setting);
    reconnect();
    execute(primary, RECORD_SETTINGS);
    try {
      SteadySessions sessions = new SteadySessions(client, ids, CLIENTS);
      during(sessions, () -> sessions.requests() >= 400, () -> {});
      System.out.printf(
          "connection drill: role with %s: %d requests, failed %s%n",
          setting, sessions.requests(), sessions.failures());
      assertThat(sessions.failures()).isEmpty();
      assertThat(query(primary, "SELECT string_agg(settings, '; ') FROM drill_settings"))
          .isEqualTo("on, read committed, off, notice");
    } finally {
      execute(primary, FORGET_SETTINGS);
    }
  }

  @Test
  void writesGoOnWhileOthersTakeAllConnections() throws Exception {
    SteadySessions writers = SteadySessions.writing(client, ids, CLIENTS);
    List<Connection> taken = new ArrayList<>();
    try {
      takeAllConnections(taken);
      load("no connection free, " + taken.size() + " taken", writers);
    } finally {
      for (Connection each : taken) {
        each.close();
      }
    }
    assertUndisturbed(writers);
  }

  @Test
  void pooledWritesGoOnWhileThePasswordIsWrong() throws Exception {
    Credentials login = cluster.topology().credentials();
    SteadySessions writers = SteadySessions.writing(client, ids, CLIENTS);
    execute(primary, "ALTER ROLE " + role + " PASSWORD 'another'");
    try {
      endSessions("state = 'idle' AND query LIKE '%pg_control_system%'");
      load("wrong password", writers);
    } finally {
      execute(primary, "ALTER ROLE " + role + " PASSWORD '" + login.password() + "'");
    }
    assertUndisturbed(writers);
    assertThat(log()).contains("refuses a connection");
  }

  @Test
  void aColumnThatChangesItsTypeFailsNoRequest() throws Exception {
    SteadySessions sessions = new SteadySessions(client, ids, CLIENTS);
    during(
        sessions,
        () -> sessions.requests() >= 400,
        () -> {
          for (int round = 0; round < 5; round++) {
            letSessionsGoOn(sessions);
            execute(primary, "ALTER TABLE users ALTER name TYPE varchar(200)");
            letSessionsGoOn(sessions);
            execute(primary, "ALTER TABLE users ALTER name TYPE text");
          }
        });
    System.out.printf(
        "connection drill: column changed ten times: %d requests, failed %s%n",
        sessions.requests(), sessions.failures());
    assertUndisturbed(sessions);
  }

  @Test
  void aStartWithoutTriggersIsRefused() throws Exception {
    execute(primary, "ALTER ROLE " + role + " SET session_replication_role = replica");
    try (ServiceProcess refused = cluster.launch("refused")) {
      assertThat(refused.awaitExit()).isEqualTo(1);
      assertThat(refused.output().lines().filter(line -> line.contains("ERROR")).toList())
          .last(InstanceOfAssertFactories.STRING)
          .contains("session_replication_role = replica")
          .endsWith("ALTER ROLE " + role + " RESET session_replication_role");
    }
  }

  private interface Fault {
    void happen() throws Exception;
  }

  private void load(String what, SteadySessions sessions) throws Exception {
    during(sessions, () -> sessions.requests() >= ENOUGH, () -> {});
    System.out.printf(
        "connection drill: %s: %d requests, failed %s%n",
        what, sessions.requests(), sessions.failures());
  }

  private static void letSessionsGoOn(SteadySessions sessions) {
    long before = sessions.requests();
    await().atMost(BOUND).until(() -> sessions.requests() >= before + 30);
  }

  private void during(SteadySessions sessions, BooleanSupplier enough, Fault fault)
      throws Exception {
    Future<Void> end = client.start(sessions::run);
    try {
      fault.happen();
      await().atMost(BOUND).until(enough::getAsBoolean);
    } finally {
      sessions.stop();
      EventLoops.await(end, BOUND);
    }
  }

  private void assertUndisturbed(SteadySessions sessions) {
    assertThat(sessions.failures()).isEmpty();
    assertThat(sessions.requests()).isGreaterThan(50);
    assertThat(log()).doesNotContain("is UNKNOWN, was PRIMARY");
  }

  /** What the service has printed since the test began. */
  private String log() {
    return service.output().substring(mark);
  }

  private void takeAllConnections(List<Connection> taken) throws SQLException {
    while (true) {
      try {
        taken.add(connect(cluster.primary(0).endpoint()));
      } catch (SQLException full) {
        if (full.getSQLState().equals(TOO_MANY_CONNECTIONS)) {
          return;
        }
        throw full;
      }
    }
  }

  private boolean bothAreKnown() throws Exception {
    String health = service.health();
    return health.contains("PRIMARY") && health.contains("REPLICA") && !health.contains("UNKNOWN");
  }

  private void endSessions(String which) throws SQLException {
    for (Connection server : List.of(primary, replica)) {
      execute(
          server,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'user-service' AND "
              + which);
    }
  }

  private Connection connect(Endpoint server) throws SQLException {
    return TestConnections.connect(server, cluster.topology().credentials());
  }

  private static void execute(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
