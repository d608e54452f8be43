package dev.userservice.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.election.vote.FreshDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real database lets leaders do. */
final class FencingTest {

  private FreshDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database = new FreshDatabase().withElection();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE done (epoch bigint)");
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anEpochThatIsOverIsRefusedAndChangesNothing() throws Exception {
    Leadership first = FreshDatabase.leadership(1);
    Leadership second = FreshDatabase.leadership(2);
    write(first);
    write(second);
    assertThatThrownBy(() -> write(first))
        .isInstanceOfSatisfying(
            SQLException.class,
            refusal -> assertThat(refusal.getSQLState()).isEqualTo(Leadership.REFUSED))
        .hasMessageContaining("epoch 1 is over: epoch 2 has acted here");
    write(second);
    assertThat(database.query("SELECT string_agg(epoch::text, ',' ORDER BY epoch) FROM done"))
        .isEqualTo("1,2,2");
  }

  @Test
  void noNewerEpochActsWhileATransactionOfAnOlderOneIsOpen() throws Exception {
    Leadership first = FreshDatabase.leadership(1);
    Leadership second = FreshDatabase.leadership(2);
    try (Connection open = first.connect(database.group(), Duration.ofSeconds(20))) {
      open.setAutoCommit(false);
      first.enter(open);
      CompletableFuture<Boolean> newer = inBackground(second);
      assertThatThrownBy(() -> newer.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      open.commit();
      assertThat(newer.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aNewLeaderEndsTheSessionsOfOlderOnesAndNoOthers() throws Exception {
    Leadership first = FreshDatabase.leadership(1);
    Leadership second = FreshDatabase.leadership(2);
    try (Connection old = first.connect(database.group(), Duration.ofSeconds(20));
        Connection own = second.connect(database.group(), Duration.ofSeconds(20));
        Connection other = database.connect()) {
      old.setAutoCommit(false);
      first.enter(old);
      new Fencing(database.groups()).run(second);
      assertThat(old.isValid(2)).isFalse();
      assertThat(own.isValid(2)).isTrue();
      assertThat(other.isValid(2)).isTrue();
    }
    assertThatThrownBy(() -> write(first)).hasMessageContaining("epoch 1 is over");
  }

  @Test
  void theEndOfALeadershipClosesItsConnectionsUnderAWaitingThread() throws Exception {
    Leadership leadership = FreshDatabase.leadership(1);
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              try (Connection connection =
                      leadership.connect(database.group(), Duration.ofSeconds(60));
                  Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_sleep(60)");
              } catch (SQLException closed) {
                throw new IllegalStateException(closed);
              }
            });
    Awaitility.await()
        .until(
            () ->
                database
                    .query(
                        "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'"
                            + " AND state = 'active'")
                    .equals("1"));
    leadership.end();
    assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
        .hasStackTraceContaining("SocketException");
  }

  private CompletableFuture<Boolean> inBackground(Leadership leadership) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return write(leadership);
          } catch (SQLException failure) {
            throw new IllegalStateException(failure);
          }
        });
  }

  private boolean write(Leadership leadership) throws SQLException {
    return leadership.transaction(
        database.group(),
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("INSERT INTO done VALUES (" + leadership.epoch() + ")")
                == 1;
          }
        });
  }
}
