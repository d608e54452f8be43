package dev.userservice.sharding.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import dev.userservice.election.vote.FreshDatabase;
import dev.userservice.leader.Leadership;
import dev.userservice.sharding.map.ShardingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader's migrations on a real, empty database. */
public final class SchemaMigrationTest {

  private FreshDatabase database;
  private SchemaMigration migration;

  @BeforeEach
  void create() throws SQLException {
    database = new FreshDatabase().withElection();
    migration = migration(database);
  }

  /** The task on a database. */
  public static SchemaMigration migration(FreshDatabase database) {
    ShardingConfig config = TestSettings.byDefault(ShardingConfig.class);
    return new SchemaMigration(config, database.groups());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestMigrationIsTheOneThatProcessesWaitFor() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("V" + SchemaVersion.NEWEST + "__"))
          .noneMatch(name -> name.startsWith("V" + (SchemaVersion.NEWEST + 1) + "__"));
    }
  }

  @Test
  void aMigrationAndItsEntryAreOneTransactionWithTheEpoch() throws Exception {
    assertThat(version()).isZero();
    migration.run(FreshDatabase.leadership(7));
    assertThat(version()).isEqualTo(SchemaVersion.NEWEST);
    assertThat(
            database.query(
                "SELECT count(*) FROM pg_class c, flyway_schema_history h"
                    + " WHERE c.relname = 'timeline_begin' AND h.version = '2' AND c.xmin = h.xmin"))
        .isEqualTo("1");
    assertThat(database.query("SELECT epoch FROM election.fence")).isEqualTo("7");
  }

  @Test
  void anOlderLeaderMigratesNothing() throws Exception {
    enter(FreshDatabase.leadership(8));
    assertThatThrownBy(() -> migration.run(FreshDatabase.leadership(7)))
        .hasStackTraceContaining("epoch 7 is over");
    assertThat(version()).isZero();
    migration.run(FreshDatabase.leadership(9));
    assertThat(version()).isEqualTo(SchemaVersion.NEWEST);
  }

  @Test
  void aMigrationCutOffInTheMiddleIsTakenUpByTheNextLeader() throws Exception {
    cutOffAt("timeline_begin");
    assertThatThrownBy(() -> migration.run(FreshDatabase.leadership(1)))
        .hasStackTraceContaining("terminating connection due to administrator command");
    assertThat(version()).isEqualTo(1);
    assertThat(database.query("SELECT to_regclass('token_key')::text")).isNull();
    goOn();
    migration.run(FreshDatabase.leadership(2));
    assertThat(version()).isEqualTo(SchemaVersion.NEWEST);
    assertThat(database.query("SELECT count(*) FROM flyway_schema_history"))
        .isEqualTo(Integer.toString(SchemaVersion.NEWEST));
  }

  @Test
  void theLeaderMigratesByARoleThatServesNoRequests() throws Exception {
    try (FreshDatabase guarded = FreshDatabase.withTwoRoles().withElection()) {
      migration(guarded).run(FreshDatabase.leadership(1));
      try (Connection app =
              guarded
                  .group()
                  .primary()
                  .orElseThrow()
                  .writes()
                  .unpooled("test", Duration.ofSeconds(30))
                  .getConnection();
          Statement statement = app.createStatement()) {
        assertThat(statement.executeUpdate("DELETE FROM users")).isZero();
        statement.execute("SELECT * FROM election.renew_vote(1, 'a', 1000)");
        assertThatThrownBy(() -> statement.execute("CREATE TABLE mine (id int)"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  // Ends the session from inside, as its server sees a process that dies.
  private void cutOffAt(String table) throws SQLException {
    administer(
        """
        CREATE SCHEMA trap;
        CREATE FUNCTION trap.cut_off() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF to_regclass('%s') IS NOT NULL THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
          END IF;
        END
        $$;
        CREATE EVENT TRIGGER cut_off ON ddl_command_end EXECUTE FUNCTION trap.cut_off();
        """
            .formatted(table));
  }

  private void goOn() throws SQLException {
    administer("DROP EVENT TRIGGER cut_off");
  }

  private void administer(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void enter(Leadership leadership) throws SQLException {
    leadership.transaction(database.group(), connection -> true);
  }

  private int version() throws SQLException {
    try (Connection connection = database.connect()) {
      return SchemaVersion.of(connection);
    }
  }
}
