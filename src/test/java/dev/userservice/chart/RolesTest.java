package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestCluster;
import dev.userservice.datasource.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The chart's roles on a real PostgreSQL with the real schema, created as the operator creates
 * them.
 */
final class RolesTest {

  private static final String DATABASE = "people";
  private static final String RUNTIME = "people";
  private static final String MIGRATOR = "people_migrator";
  private static final String PASSWORD = "only-for-this-test";

  /**
   * Does what the operator does: creates the owner and its database, runs the chart's statements,
   * sets the role's password.
   */
  @BeforeAll
  static void makeRolesAndMigrate() throws Exception {
    try (Connection superuser = TestCluster.primary(0)) {
      run(
          superuser,
          "DROP DATABASE IF EXISTS people",
          "DROP ROLE IF EXISTS people, people_migrator",
          "CREATE ROLE people_migrator LOGIN PASSWORD '" + PASSWORD + "'",
          "CREATE DATABASE people OWNER people_migrator");
    }
    var credentials = TestCluster.topology().credentials();
    try (Connection superuser =
        source(credentials.username(), credentials.password()).getConnection()) {
      run(superuser, statementsOfTheChart().toArray(String[]::new));
      run(
          superuser,
          "ALTER ROLE people PASSWORD '" + PASSWORD + "'",
          "GRANT pg_read_all_stats TO people");
    }
    Flyway.configure()
        .dataSource(source(MIGRATOR, PASSWORD))
        .locations("classpath:db/migration")
        .placeholders(Map.of("slots", "4096"))
        .load()
        .migrate();
    try (Connection migrator = source(MIGRATOR, PASSWORD).getConnection()) {
      run(
          migrator,
          Files.readString(Path.of("src/main/resources/db/election.sql")),
          "INSERT INTO shard_identity (cluster, shard, epoch) VALUES (gen_random_uuid(), 0, 1)",
          "INSERT INTO shard_map SELECT slot, 0 FROM generate_series(0, 4095) slot");
    }
  }

  private static List<String> statementsOfTheChart() {
    RenderedChart chart =
        RenderedChart.with(
            """
            postgresql:
              database: %s
              runtimeRole: {username: %s}
              migratorRole: {username: %s}
            """
                .formatted(DATABASE, RUNTIME, MIGRATOR));
    return texts(
        chart
            .named("Cluster", "users-shard-0")
            .at("/spec/bootstrap/initdb/postInitApplicationSQL"));
  }

  private static PGSimpleDataSource source(String role, String password) {
    Endpoint endpoint = TestCluster.topology().shards().get(0).get(0);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {endpoint.host()});
    source.setPortNumbers(new int[] {endpoint.port()});
    source.setDatabaseName(DATABASE);
    source.setUser(role);
    source.setPassword(password);
    source.setSslMode("disable");
    return source;
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO users (id, name) VALUES (7, 'Ada Lovelace')",
        "UPDATE users SET age = 36 WHERE id = 7",
        "SELECT slot_of(id) FROM users",
        "DELETE FROM users WHERE id = 7",
        "SELECT version FROM flyway_schema_history",
        "SELECT * FROM election.grant_vote(1, 'a-pod', 15000, 0, 0)",
        "SELECT election.enter(1)",
        "SELECT received_tli FROM pg_stat_wal_receiver"
      })
  void runTimeRoleMayReadAndWriteRows(String statement) throws SQLException {
    try (Connection runtime = source(RUNTIME, PASSWORD).getConnection()) {
      run(runtime, statement);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TABLE election.mine (id int)",
        "DROP TABLE users",
        "TRUNCATE users",
        "ALTER TABLE users ADD COLUMN mine int",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
        "ALTER TABLE users DISABLE TRIGGER refuse_foreign_slot",
        "SET ROLE people_migrator"
      })
  void runTimeRoleMayDoNothingElse(String statement) throws SQLException {
    try (Connection runtime = source(RUNTIME, PASSWORD).getConnection()) {
      assertThatThrownBy(() -> run(runtime, statement))
          .isInstanceOf(SQLException.class)
          .extracting(thrown -> ((SQLException) thrown).getSQLState())
          .isEqualTo("42501");
    }
  }

  @Test
  void migratorIsNoSuperuser() throws SQLException {
    try (Connection migrator = source(MIGRATOR, PASSWORD).getConnection();
        Statement statement = migrator.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
                    + " FROM pg_roles WHERE rolname LIKE 'people%'")) {
      while (rows.next()) {
        assertThat(rows.getBoolean(1)).isFalse();
      }
    }
  }
}
