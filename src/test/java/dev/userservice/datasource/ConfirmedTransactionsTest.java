package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commits that succeed with a warning, on real PostgreSQL: a deferred trigger warns during the
 * commit, as the cancelled wait for replicas does.
 */
final class ConfirmedTransactionsTest {

  private static final String TRIGGER =
      """
      CREATE TABLE warned (level text);
      CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.level = 'warning' THEN RAISE WARNING 'during the commit'; END IF;
        IF NEW.level = 'notice' THEN RAISE NOTICE 'during the commit'; END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON warned
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn();
      """;

  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = TestCluster.primary(0);
    execute(TRIGGER);
  }

  @AfterEach
  void remove() throws SQLException {
    connection.setAutoCommit(true);
    execute("DROP TABLE warned; DROP FUNCTION warn()");
    connection.close();
  }

  @Test
  void aCommitWithAWarningFailsAndIsMade() throws SQLException {
    connection.setAutoCommit(false);
    insert("warning");
    assertThatThrownBy(() -> ConfirmedTransactions.commit(connection))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("during the commit")
        .satisfies(failure -> assertThat(Failure.of(failure)).isEqualTo(Failure.UNCONFIRMED));
    connection.rollback();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aNoticeDoesNotMatter() throws SQLException {
    connection.setAutoCommit(false);
    insert("notice");
    assertThatCode(() -> ConfirmedTransactions.commit(connection)).doesNotThrowAnyException();
  }

  @Test
  void aWarningBeforeTheCommitDoesNotMatter() throws SQLException {
    connection.setAutoCommit(false);
    execute("DO $$ BEGIN RAISE WARNING 'before the commit'; END $$");
    insert("none");
    assertThatCode(() -> ConfirmedTransactions.commit(connection)).doesNotThrowAnyException();
  }

  @Test
  void aStatementThatCommitsWithAWarningIsRefused() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO warned VALUES ('none')");
      assertThatCode(() -> ConfirmedTransactions.check(statement)).doesNotThrowAnyException();
      statement.execute("INSERT INTO warned VALUES ('warning')");
      assertThatThrownBy(() -> ConfirmedTransactions.check(statement))
          .satisfies(failure -> assertThat(Failure.of(failure)).isEqualTo(Failure.UNCONFIRMED));
    }
    assertThat(rows()).isEqualTo(2);
  }

  private void insert(String level) throws SQLException {
    execute("INSERT INTO warned VALUES ('" + level + "')");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rows() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM warned")) {
      row.next();
      return row.getInt(1);
    }
  }
}
