package dev.userservice.datasource;

import io.agroal.api.transaction.TransactionAware;
import io.agroal.api.transaction.TransactionIntegration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions whose commit succeeds only if the server said so without a warning. PostgreSQL
 * reports a commit whose wait for replicas was cancelled as a success with a warning
 * (documentation, section 26.2.8; {@code syncrep.c}): it is visible on the primary, and a failover
 * may undo it. Such a commit fails with SQLSTATE {@value #UNCONFIRMED}. The transactions of the
 * pools are of this kind; whoever commits by itself calls {@link #commit} or {@link
 * #check(Statement)}. Thread-safe.
 */
public final class ConfirmedTransactions implements TransactionIntegration {

  /** Of a commit that the server made, with a warning. */
  static final String UNCONFIRMED = "US003";

  private static final String SUCCESS = "00000";

  private final TransactionIntegration transactions;

  ConfirmedTransactions(TransactionIntegration transactions) {
    this.transactions = transactions;
  }

  @Override
  public @Nullable TransactionAware getTransactionAware() throws SQLException {
    TransactionAware current = transactions.getTransactionAware();
    return current instanceof Confirmed confirmed ? confirmed.connection() : current;
  }

  @Override
  public void associate(TransactionAware connection, XAResource resource) throws SQLException {
    transactions.associate(new Confirmed(connection), resource);
  }

  @Override
  public boolean disassociate(TransactionAware connection) throws SQLException {
    return transactions.disassociate(connection);
  }

  @Override
  public void addResourceRecoveryFactory(ResourceRecoveryFactory factory) {
    transactions.addResourceRecoveryFactory(factory);
  }

  @Override
  public void removeResourceRecoveryFactory(ResourceRecoveryFactory factory) {
    transactions.removeResourceRecoveryFactory(factory);
  }

  /**
   * Commits.
   *
   * @throws SQLException with SQLSTATE {@value #UNCONFIRMED} if the commit was made with a warning
   */
  public static void commit(Connection connection) throws SQLException {
    connection.clearWarnings();
    connection.commit();
    check(connection.getWarnings());
  }

  /**
   * Refuses a statement outside a transaction that succeeded with a warning, its commit included.
   *
   * @throws SQLException with SQLSTATE {@value #UNCONFIRMED} if it did
   */
  public static void check(Statement statement) throws SQLException {
    check(statement.getWarnings());
  }

  private static void check(@Nullable SQLWarning first) throws SQLException {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      if (!SUCCESS.equals(warning.getSQLState())) {
        throw new SQLException(
            "the commit was not confirmed: " + warning.getMessage(), UNCONFIRMED, warning);
      }
    }
  }

  private record Confirmed(TransactionAware connection) implements TransactionAware {

    @Override
    public void transactionCommit() throws SQLException {
      Connection jdbc = (Connection) connection.getConnection();
      jdbc.clearWarnings();
      connection.transactionCommit();
      check(jdbc.getWarnings());
    }

    @Override
    public void transactionStart() throws SQLException {
      connection.transactionStart();
    }

    @Override
    public void transactionBeforeCompletion(boolean successful) {
      connection.transactionBeforeCompletion(successful);
    }

    @Override
    public void transactionRollback() throws SQLException {
      connection.transactionRollback();
    }

    @Override
    public void transactionEnd() throws SQLException {
      connection.transactionEnd();
    }

    @Override
    public void transactionCheckCallback(SQLCallable<Boolean> callback) {
      connection.transactionCheckCallback(callback);
    }

    @Override
    public Object getConnection() {
      return connection.getConnection();
    }

    @Override
    public void setFlushOnly() {
      connection.setFlushOnly();
    }
  }
}
