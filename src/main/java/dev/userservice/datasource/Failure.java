package dev.userservice.datasource;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed call says about the server (PostgreSQL documentation, appendix A). */
public enum Failure {
  /** The server is a replica now. Nothing was changed. */
  NOT_PRIMARY,
  /**
   * The connection is broken, or the server is shutting down, not yet up, or out of memory or disk.
   * Whether a commit that was sent has happened is unknown.
   */
  SERVER_GONE,
  /**
   * The server answers, and refuses this connection: too many are open, or the login is not
   * accepted. Nothing was changed, and it says nothing about the server's role.
   */
  REJECTED,
  /**
   * The server made the commit, with a warning: the wait for replicas was cancelled. A failover may
   * undo it.
   */
  UNCONFIRMED,
  /** The server cancelled the call, since a deadline passed. */
  TIMED_OUT,
  /**
   * What the connection has prepared is gone or out of date, such as after a change of a column.
   * Nothing was changed; on a new connection the call may succeed.
   */
  STALE_STATEMENT,
  /** The statement is wrong; another server would fail too. */
  STATEMENT;

  /** Connection exception, insufficient resources, system error. */
  private static final List<String> SERVER_CLASSES = List.of("08", "53", "58");

  /** Data exception, violated constraint, violated check option, limit exceeded. */
  private static final List<String> VALUE_CLASSES = List.of("22", "23", "44", "54");

  /** What a trigger of the operator raises by default. */
  private static final String RAISED = "P0001";

  /** A connection that was not opened, for a reason that has no other kind. */
  private static final String REFUSED_CONNECTION = "US004";

  private static final String INVALID_AUTHORIZATION = "28";
  private static final String INTERNAL_ERROR = "XX";
  private static final String FEATURE_NOT_SUPPORTED = "0A000";
  private static final String PLAN_CHECK = "RevalidateCachedQuery";

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
   * The SQLSTATE by which the database refuses a value of the call: every server would, and other
   * values may be taken. Null if the failure is of another kind.
   */
  public static @Nullable String refusedValue(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String state = ownSqlState(cause);
      if (state != null && (state.equals(RAISED) || isOf(VALUE_CLASSES, state))) {
        return state;
      }
      for (Throwable suppressed : cause.getSuppressed()) {
        String inner = refusedValue(suppressed);
        if (inner != null) {
          return inner;
        }
      }
    }
    return null;
  }

  /**
   * The failure to open a connection: whatever the server objects to then, such as a database that
   * the role may not connect to, it is up and has changed nothing.
   */
  static SQLException ofOpening(SQLException failure) {
    return of(failure) == STATEMENT
        ? new SQLException(failure.getMessage(), REFUSED_CONNECTION, failure)
        : failure;
  }

  /** The same of the Vert.x client, which may also find itself that a login cannot succeed. */
  static Throwable ofOpening(Throwable failure) {
    return of(failure) == STATEMENT
        ? new PgException(failure.toString(), null, REFUSED_CONNECTION, null)
        : failure;
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

  private static @Nullable String ownSqlState(Throwable cause) {
    if (cause instanceof PgException database) {
      return database.getSqlState();
    }
    return cause instanceof SQLException database ? database.getSQLState() : null;
  }

  private static @Nullable Failure known(Throwable cause) {
    String state = ownSqlState(cause);
    if (state != null) {
      return isOutOfDatePlan(cause, state) ? STALE_STATEMENT : ofSqlState(cause, state);
    }
    boolean connection =
        cause instanceof IOException
            || cause instanceof VertxException
            || cause instanceof io.vertx.core.impl.NoStackTraceThrowable;
    return connection ? SERVER_GONE : null;
  }

  // The same SQLSTATE stands for what PostgreSQL cannot do at all. The message may be translated.
  private static boolean isOutOfDatePlan(Throwable cause, String state) {
    if (!FEATURE_NOT_SUPPORTED.equals(state)) {
      return false;
    }
    ServerErrorMessage error = serverError(cause);
    return cause instanceof PgException database
        ? PLAN_CHECK.equals(database.getRoutine())
        : error != null && PLAN_CHECK.equals(error.getRoutine());
  }

  private static Failure ofSqlState(Throwable cause, String state) {
    return switch (state) {
      case "25006" -> NOT_PRIMARY;
      case ConfirmedTransactions.UNCONFIRMED -> UNCONFIRMED;
      case "53300", "53400", "3D000", "08004", REFUSED_CONNECTION -> REJECTED;
      case "26000", "42P05" -> STALE_STATEMENT;
      // Of these the server ends the session.
      case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04" -> SERVER_GONE;
      case "57014", "55P03", "40001", "40P01" -> TIMED_OUT;
      default -> ofClass(cause, state);
    };
  }

  private static Failure ofClass(Throwable cause, String state) {
    if (state.startsWith(INVALID_AUTHORIZATION)) {
      return REJECTED;
    }
    boolean gone =
        isOf(SERVER_CLASSES, state) || (state.startsWith(INTERNAL_ERROR) && mayEndSession(cause));
    return gone ? SERVER_GONE : STATEMENT;
  }

  private static boolean isOf(List<String> classes, String state) {
    return classes.stream().anyMatch(state::startsWith);
  }

  // The severity may be translated, so only that of a plain error is certain.
  private static boolean mayEndSession(Throwable cause) {
    ServerErrorMessage error = serverError(cause);
    String severity = error == null ? null : error.getSeverity();
    if (cause instanceof PgException database) {
      severity = database.getSeverity();
    }
    return severity != null && !severity.equals("ERROR");
  }

  private static @Nullable ServerErrorMessage serverError(Throwable cause) {
    return cause instanceof PSQLException database ? database.getServerErrorMessage() : null;
  }
}
