package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class FailureTest {

  @ParameterizedTest
  @CsvSource({
    "25006, NOT_PRIMARY",
    "57P01, SERVER_GONE",
    "57P02, SERVER_GONE",
    "57P03, SERVER_GONE",
    "08006, SERVER_GONE",
    "08001, SERVER_GONE",
    "53100, SERVER_GONE",
    "53200, SERVER_GONE",
    "53300, SERVER_GONE",
    "58030, SERVER_GONE",
    "57014, TIMED_OUT",
    "55P03, TIMED_OUT",
    "23505, STATEMENT",
    "US001, STATEMENT",
    "42601, STATEMENT"
  })
  void sqlStateIsClassified(String state, Failure expected) {
    assertThat(Failure.of(new IllegalStateException(new SQLException("x", state))))
        .isEqualTo(expected);
    assertThat(Failure.of(new PgException("x", "ERROR", state, ""))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FATAL", "PANIC"})
  void errorThatEndsTheSessionMeansServerGone(String severity) {
    assertThat(Failure.of(new PgException("x", severity, "XX000", "")))
        .isEqualTo(Failure.SERVER_GONE);
    ServerErrorMessage message = new ServerErrorMessage("S" + severity + "\0CXX000\0Mx\0");
    assertThat(Failure.of(new PSQLException(message))).isEqualTo(Failure.SERVER_GONE);
  }

  @Test
  void refusedConnectionMeansServerGone() {
    assertThat(Failure.of(new ConnectException("refused"))).isEqualTo(Failure.SERVER_GONE);
  }

  @Test
  void failedCommitIsClassifiedByItsSuppressedCause() {
    Exception commit = new Exception("Could not commit transaction.");
    commit.addSuppressed(new Exception(new SQLException("gone", "08006")));
    assertThat(Failure.of(new IllegalStateException(commit))).isEqualTo(Failure.SERVER_GONE);
  }

  @Test
  void unknownExceptionMeansStatement() {
    assertThat(Failure.of(new NullPointerException())).isEqualTo(Failure.STATEMENT);
  }
}
