package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    "57P04, SERVER_GONE",
    "57P05, SERVER_GONE",
    "25P03, SERVER_GONE",
    "25P04, SERVER_GONE",
    "08006, SERVER_GONE",
    "08001, SERVER_GONE",
    "53100, SERVER_GONE",
    "53200, SERVER_GONE",
    "58030, SERVER_GONE",
    "53300, REJECTED",
    "53400, REJECTED",
    "28000, REJECTED",
    "28P01, REJECTED",
    "3D000, REJECTED",
    "08004, REJECTED",
    "57014, TIMED_OUT",
    "55P03, TIMED_OUT",
    "40001, TIMED_OUT",
    "40P01, TIMED_OUT",
    "26000, STALE_STATEMENT",
    "42P05, STALE_STATEMENT",
    "0A000, STATEMENT",
    "XX000, STATEMENT",
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
  @CsvSource({
    "22001, true",
    "22021, true",
    "22P05, true",
    "23502, true",
    "23514, true",
    "44000, true",
    "54001, true",
    "P0001, true",
    "P0002, false",
    "US001, false",
    "25006, false",
    "42601, false",
    "53100, false",
    "57014, false",
    "XX000, false"
  })
  void aRefusedValueIsToldFromEveryOtherFailure(String state, boolean refused) {
    @Nullable String expected = refused ? state : null;
    Exception suppressing = new Exception("rolled back");
    suppressing.addSuppressed(new IllegalStateException(new SQLException("x", state)));
    assertThat(Failure.refusedValue(new PgException("x", "ERROR", state, ""))).isEqualTo(expected);
    assertThat(Failure.refusedValue(suppressing)).isEqualTo(expected);
    assertThat(Failure.refusedValue(new SQLException("x"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERROR", "FATAL", "FEHLER", "FATALE", "PANIK", "ОШИБКА"})
  void severityMayBeInAnyLanguage(String severity) {
    assertThat(both(severity, "57P01", "")).containsOnly(Failure.SERVER_GONE);
    assertThat(both(severity, "53300", "")).containsOnly(Failure.REJECTED);
    assertThat(both(severity, "23505", "")).containsOnly(Failure.STATEMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, STATEMENT",
    "FATAL, SERVER_GONE",
    "PANIC, SERVER_GONE",
    "PANIK, SERVER_GONE",
    "FEHLER, SERVER_GONE"
  })
  void internalErrorMeansServerGoneUnlessItIsCertainlyAPlainError(
      String severity, Failure expected) {
    assertThat(both(severity, "XX000", "")).containsOnly(expected);
  }

  @Test
  void planThatIsOutOfDateIsToldFromWhatPostgresqlCannotDo() {
    assertThat(both("ERROR", "0A000", "RevalidateCachedQuery"))
        .containsOnly(Failure.STALE_STATEMENT);
    assertThat(both("ERROR", "0A000", "standard_ProcessUtility")).containsOnly(Failure.STATEMENT);
  }

  @Test
  void whateverTheServerObjectsToWhileAConnectionOpensIsARejection() {
    Throwable forbidden = new PgException("no CONNECT privilege", "FATAL", "42501", "");
    assertThat(Failure.of(Failure.ofOpening(forbidden))).isEqualTo(Failure.REJECTED);
    SQLException exhausted = new SQLException("Sorry, acquisition timeout!");
    assertThat(Failure.of(Failure.ofOpening(exhausted))).isEqualTo(Failure.REJECTED);
    SQLException starting = new SQLException("starting up", "57P03");
    assertThat((Throwable) Failure.ofOpening(starting)).isSameAs(starting);
    Throwable refused = new ConnectException("refused");
    assertThat(Failure.ofOpening(refused)).isSameAs(refused);
  }

  /** The kinds of the same error as both clients report it. */
  private static List<Failure> both(String severity, String state, String routine) {
    PgException pipelined =
        new PgException(
            "x", severity, state, "", "", "", "", "", "", "", "", routine, "", "", "", "", "");
    ServerErrorMessage message =
        new ServerErrorMessage(
            String.join("\0", "S" + severity, "C" + state, "Mx", "R" + routine, ""));
    return List.of(Failure.of(pipelined), Failure.of(new PSQLException(message)));
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
