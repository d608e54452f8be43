package dev.userservice.datasource;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What a failed call says about the server (PostgreSQL documentation, appendix A). */
public enum Failure {
  /** The server is a replica now. Nothing was changed. */
  NOT_PRIMARY,
  /**
   * The connection is broken, or the server is shutting down, not yet up, or out of memory, disk or
   * connections. Whether a commit that was sent has happened is unknown.
   */
  SERVER_GONE,
  /**
   * The server made the commit, with a warning: the wait for replicas was cancelled. A failover may
   * undo it.
   */
  UNCONFIRMED,
  /** The server cancelled the call, since a deadline passed. */
  TIMED_OUT,
  /** The statement is wrong; another server would fail too. */
  STATEMENT;

  /** Connection exception, insufficient resources, system error. */
  private static final List<String> SERVER_CLASSES = List.of("08", "53", "58");

  /**
   * Classifies a failure by the first cause that is known. The transaction manager puts the cause
   * of a failed commit among the suppressed exceptions.
   */
  public static Failure of(Throwable failure) {
    Failure known = search(failure);
    return known == null ? STATEMENT : known;
  }

  /** Whether the database said so: an SQLSTATE among the causes and what they suppressed. */
  public static boolean hasSqlState(Throwable failure, String state) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (state.equals(ownSqlState(cause))) {
        return true;
      }
      for (Throwable suppressed : cause.getSuppressed()) {
        if (hasSqlState(suppressed, state)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Refuses a statement outside a transaction that succeeded with a warning: its commit may not be
   * on a replica.
   */
  public static void checkConfirmed(Statement statement) throws SQLException {
    ConfirmedTransactions.check(statement.getWarnings());
  }

  private static @Nullable Failure search(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Failure known = known(cause);
      for (Throwable suppressed : cause.getSuppressed()) {
        known = known == null ? search(suppressed) : known;
      }
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  /**
   * Whether the server ended the session with its error (section 19.8, message severity levels).
   */
  private static boolean endsSession(Throwable cause) {
    String severity = null;
    if (cause instanceof PgException database) {
      severity = database.getSeverity();
    } else if (cause instanceof PSQLException database
        && database.getServerErrorMessage() != null) {
      severity = database.getServerErrorMessage().getSeverity();
    }
    return "FATAL".equals(severity) || "PANIC".equals(severity);
  }

  private static @Nullable String ownSqlState(Throwable cause) {
    if (cause instanceof PgException database) {
      return database.getSqlState();
    }
    return cause instanceof SQLException database ? database.getSQLState() : null;
  }

  private static @Nullable Failure known(Throwable cause) {
    String state = ownSqlState(cause);
    if (state != null) {
      return endsSession(cause) ? SERVER_GONE : ofSqlState(state);
    }
    boolean connection =
        cause instanceof IOException
            || cause instanceof VertxException
            || cause instanceof io.vertx.core.impl.NoStackTraceThrowable;
    return connection ? SERVER_GONE : null;
  }

  private static Failure ofSqlState(String state) {
    return switch (state) {
      case "25006" -> NOT_PRIMARY;
      case ConfirmedTransactions.UNCONFIRMED -> UNCONFIRMED;
      case "57P01", "57P02", "57P03", "57P05" -> SERVER_GONE;
      case "57014", "55P03", "40001" -> TIMED_OUT;
      default -> SERVER_CLASSES.stream().anyMatch(state::startsWith) ? SERVER_GONE : STATEMENT;
    };
  }
}
