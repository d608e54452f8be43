package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestCluster;
import dev.userservice.TestSettings;
import dev.userservice.time.Ticker;
import io.agroal.api.transaction.TransactionIntegration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections of both clients whose prepared statements are gone, on a real server. */
final class StaleStatementTest {

  private static final String BACKEND = "SELECT pg_backend_pid()";
  private static final String LOSE_STATEMENTS = "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$";

  private final Vertx vertx = Vertx.vertx();
  private EndpointConnections connections;

  @BeforeEach
  void open() {
    DataSourceConfig config =
        TestSettings.of(Map.of(), DataSourceConfig.class).getConfigMapping(DataSourceConfig.class);
    connections =
        new ConnectionFactory(config, vertx, Ticker.system(), TransactionIntegration.none())
            .connections(
                TestCluster.topology().shards().get(0).get(0),
                TestCluster.topology().credentials());
  }

  @AfterEach
  void close() {
    connections.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aReadIsPreparedAgainOnANewConnection() throws Exception {
    int first = read();
    assertThat(read()).isEqualTo(first);
    loseStatements();
    int second = read();
    assertThat(second).isNotEqualTo(first);
    assertThat(read()).isEqualTo(second);
  }

  @Test
  void allReadsInFlightAreRunOnTheSameNewConnection() throws Exception {
    int first = read();
    loseStatements();
    List<Future<RowSet<Row>>> reads = new ArrayList<>();
    for (int call = 0; call < 100; call++) {
      reads.add(connections.reads().execute(BACKEND, Tuple.tuple()));
    }
    List<Integer> backends = new ArrayList<>();
    for (Future<RowSet<Row>> each : reads) {
      backends.add(number(each));
    }
    assertThat(backends).hasSize(100).doesNotContain(first);
    assertThat(backends.stream().distinct()).hasSize(1);
  }

  @Test
  void aCallInOrderIsNotRepeated() throws Exception {
    read();
    loseStatements();
    assertStale(() -> number(connections.reads().executeInOrder(BACKEND, Tuple.tuple())));
  }

  @Test
  void aWriteConnectionLeavesThePool() throws Exception {
    int first = write();
    assertThat(write()).isEqualTo(first);
    assertStale(
        () -> {
          try (Connection connection = connections.writes().connection();
              Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(LOSE_STATEMENTS);
            backend(connection);
          }
        });
    assertThat(write()).isNotEqualTo(first);
  }

  private int write() throws SQLException {
    try (Connection connection = connections.writes().connection()) {
      connection.setAutoCommit(false);
      int backend = backend(connection);
      connection.rollback();
      return backend;
    }
  }

  private static int backend(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BACKEND);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private int read() throws Exception {
    return number(connections.reads().execute(BACKEND, Tuple.tuple()));
  }

  private void loseStatements() throws Exception {
    await(connections.reads().execute(LOSE_STATEMENTS, Tuple.tuple()));
  }

  private static int number(Future<RowSet<Row>> answer) throws Exception {
    return await(answer).iterator().next().getInteger(0);
  }

  private static RowSet<Row> await(Future<RowSet<Row>> answer) throws Exception {
    return answer.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void assertStale(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfAny(SQLException.class, ExecutionException.class)
        .satisfies(failure -> assertThat(Failure.of(failure)).isEqualTo(Failure.STALE_STATEMENT));
  }
}
