package dev.userservice.sharding.write;

import static dev.userservice.sharding.write.ScriptedDestination.database;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.replication.PrimaryUnavailableException;
import dev.userservice.sharding.write.ScriptedDestination.Moment;
import dev.userservice.sharding.write.ScriptedDestination.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of failure, before and while the commit is not answered, and what a look at the user
 * finds afterwards: what the caller is answered then.
 */
final class WriteAttemptsTest {

  private static final String FIRST = "run 1";
  private static final String SECOND = "run 2";
  private static final String UNKNOWN = "outcome unknown";
  private static final String UNAVAILABLE = "unavailable, nothing changed";
  private static final String NOT_OWNED = "no shard owns the slot, nothing changed";
  private static final String NO_PRIMARY = "no primary, nothing changed";
  private static final String RUNNING = "still running";
  private static final String REFUSED = "precondition failed";
  private static final String DEFECT = "defect";

  /** Failures by what they are called in the tables. */
  private enum Kind {
    CONNECTION_LOST,
    NOT_PRIMARY,
    SHUTTING_DOWN,
    DISK_FULL,
    UNCONFIRMED,
    TIMED_OUT,
    LOCK_TIMED_OUT,
    NO_CONNECTION_FREE,
    LOGIN_REFUSED,
    STATEMENT_OUT_OF_DATE,
    FOREIGN_SLOT,
    SAME_REQUEST_RUNS,
    PRECONDITION_FAILED,
    STATEMENT_AT_FAULT;

    RuntimeException failure() {
      return switch (this) {
        case CONNECTION_LOST -> database("08006");
        case NOT_PRIMARY -> database("25006");
        case SHUTTING_DOWN -> database("57P01");
        case DISK_FULL -> database("53100");
        case UNCONFIRMED -> database("US003");
        case TIMED_OUT -> database("57014");
        case LOCK_TIMED_OUT -> database("55P03");
        case NO_CONNECTION_FREE -> database("53300");
        case LOGIN_REFUSED -> database("28P01");
        case STATEMENT_OUT_OF_DATE -> database("26000");
        case FOREIGN_SLOT -> database("US001");
        case SAME_REQUEST_RUNS -> new RequestInProgressException();
        case PRECONDITION_FAILED ->
            new ProblemException(ProblemType.PRECONDITION_FAILED, "The version is another.");
        case STATEMENT_AT_FAULT -> database("42601");
      };
    }

    boolean losesPrimary() {
      return switch (this) {
        case CONNECTION_LOST, NOT_PRIMARY, SHUTTING_DOWN, DISK_FULL -> true;
        default -> false;
      };
    }
  }

  /** What a look at the user finds after a commit that was not answered. */
  private enum Finding {
    COMMITTED,
    NOT_COMMITTED,
    NOTHING_CERTAIN
  }

  /** A write that counts its runs, so that its answer tells which run gave it. */
  private static final class CountingWrite implements Write<String> {

    private final Finding finding;
    private final List<String> calls = new ArrayList<>();
    private int runs;

    CountingWrite(Finding finding) {
      this.finding = finding;
    }

    @Override
    public String run() {
      calls.add("run");
      return "run " + ++runs;
    }

    @Override
    public Optional<String> resolve(String unanswered) {
      calls.add("resolve " + unanswered);
      return switch (finding) {
        case COMMITTED -> Optional.of(unanswered);
        case NOT_COMMITTED -> Optional.of("run " + ++runs);
        case NOTHING_CERTAIN -> Optional.empty();
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Finding.class)
  void aConfirmedCommitIsAnsweredAfterOneRun(Finding finding) {
    CountingWrite write = new CountingWrite(finding);
    assertThat(answer(new ScriptedDestination(true, Step.SUCCEEDS), write)).isEqualTo(FIRST);
    assertThat(write.calls).containsExactly("run");
  }

  static Stream<Arguments> firstAttempts() {
    List<Arguments> rows = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Finding finding : Finding.values()) {
        for (Moment moment : List.of(Moment.BEFORE, Moment.WHILE)) {
          rows.add(arguments(kind, moment, finding, expected(kind, moment, finding)));
        }
      }
    }
    return rows.stream();
  }

  private static String expected(Kind kind, Moment moment, Finding finding) {
    boolean ran = moment == Moment.WHILE;
    return switch (kind) {
      case CONNECTION_LOST, NOT_PRIMARY, SHUTTING_DOWN, DISK_FULL ->
          !ran ? FIRST : afterUnansweredCommit(finding);
      case UNCONFIRMED -> UNKNOWN;
      case TIMED_OUT, LOCK_TIMED_OUT, NO_CONNECTION_FREE, LOGIN_REFUSED -> UNAVAILABLE;
      case STATEMENT_OUT_OF_DATE, FOREIGN_SLOT -> ran ? SECOND : FIRST;
      case SAME_REQUEST_RUNS -> RUNNING;
      case PRECONDITION_FAILED -> REFUSED;
      case STATEMENT_AT_FAULT -> DEFECT;
    };
  }

  private static String afterUnansweredCommit(Finding finding) {
    return switch (finding) {
      case COMMITTED -> FIRST;
      case NOT_COMMITTED -> SECOND;
      case NOTHING_CERTAIN -> UNKNOWN;
    };
  }

  @ParameterizedTest(name = "{0} {1} the commit, afterwards {2}: {3}")
  @MethodSource("firstAttempts")
  void theFirstAttemptFails(Kind kind, Moment moment, Finding finding, String expected) {
    Step failing = new Step(moment, kind.failure());
    ScriptedDestination destination = new ScriptedDestination(true, failing, Step.SUCCEEDS);
    assertThat(answer(destination, new CountingWrite(finding))).isEqualTo(expected);
    assertThat(destination.events().contains("lost 0")).isEqualTo(kind.losesPrimary());
  }

  static Stream<Arguments> secondAttempts() {
    List<Arguments> rows = new ArrayList<>();
    for (Kind second : Kind.values()) {
      for (Moment first : List.of(Moment.BEFORE, Moment.WHILE)) {
        for (Moment moment : List.of(Moment.BEFORE, Moment.WHILE)) {
          rows.add(arguments(first, second, moment, expectedAfterTwo(first, second, moment)));
        }
      }
    }
    return rows.stream();
  }

  private static String expectedAfterTwo(Moment first, Kind second, Moment moment) {
    boolean sent = first == Moment.WHILE;
    return switch (second) {
      case CONNECTION_LOST, NOT_PRIMARY, SHUTTING_DOWN, DISK_FULL ->
          sent || moment == Moment.WHILE ? UNKNOWN : UNAVAILABLE;
      case UNCONFIRMED -> UNKNOWN;
      case TIMED_OUT, LOCK_TIMED_OUT, NO_CONNECTION_FREE, LOGIN_REFUSED, SAME_REQUEST_RUNS ->
          sent ? UNKNOWN : UNAVAILABLE;
      case STATEMENT_OUT_OF_DATE, FOREIGN_SLOT -> sent || moment == Moment.BEFORE ? FIRST : SECOND;
      case PRECONDITION_FAILED -> REFUSED;
      case STATEMENT_AT_FAULT -> DEFECT;
    };
  }

  @ParameterizedTest(name = "primary lost {0} the commit, then {1} {2} the commit: {3}")
  @MethodSource("secondAttempts")
  void theSecondAttemptFails(Moment first, Kind second, Moment moment, String expected) {
    ScriptedDestination destination =
        new ScriptedDestination(
            true,
            new Step(first, Kind.CONNECTION_LOST.failure()),
            new Step(moment, second.failure()),
            Step.SUCCEEDS);
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(expected);
  }

  @Test
  void aThirdServerIsNeverTried() {
    ScriptedDestination destination =
        new ScriptedDestination(
            true,
            new Step(Moment.BEFORE, Kind.NOT_PRIMARY.failure()),
            new Step(Moment.BEFORE, Kind.NOT_PRIMARY.failure()),
            Step.SUCCEEDS);
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(UNAVAILABLE);
    assertThat(destination.events()).containsExactly("lost 0", "lost 0");
  }

  @Test
  void withoutAPrimaryNothingIsChanged() {
    assertThat(
            answer(ScriptedDestination.withoutPrimaryAfter(), new CountingWrite(Finding.COMMITTED)))
        .isEqualTo(NO_PRIMARY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Moment.class,
      names = {"BEFORE", "WHILE"})
  void ifNoPrimaryFollowsOnlyAnUnsentCommitIsCertain(Moment moment) {
    ScriptedDestination destination =
        ScriptedDestination.withoutPrimaryAfter(new Step(moment, Kind.CONNECTION_LOST.failure()));
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED)))
        .isEqualTo(moment == Moment.BEFORE ? NO_PRIMARY : UNKNOWN);
  }

  @Test
  void aRefusedWriteFollowsItsSlotToTheOtherShard() {
    ScriptedDestination destination =
        new ScriptedDestination(
            true, new Step(Moment.BEFORE, Kind.FOREIGN_SLOT.failure()), Step.SUCCEEDS);
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(FIRST);
    assertThat(destination.events()).containsExactly("refused by 0", "committed on 1");
  }

  @Test
  void refusalsDoNotCountAsAttempts() {
    ScriptedDestination destination =
        new ScriptedDestination(
            true,
            new Step(Moment.BEFORE, Kind.FOREIGN_SLOT.failure()),
            new Step(Moment.BEFORE, Kind.FOREIGN_SLOT.failure()),
            new Step(Moment.BEFORE, Kind.CONNECTION_LOST.failure()),
            new Step(Moment.BEFORE, Kind.FOREIGN_SLOT.failure()),
            Step.SUCCEEDS);
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(FIRST);
  }

  @Test
  void aSlotThatNobodyOwnsIsToldApart() {
    ScriptedDestination destination =
        new ScriptedDestination(false, new Step(Moment.BEFORE, Kind.FOREIGN_SLOT.failure()));
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(NOT_OWNED);
  }

  @Test
  void aWriteRunsOnNewConnectionsWhenItsStatementsAreOutOfDate() {
    ScriptedDestination destination =
        new ScriptedDestination(
            true,
            new Step(Moment.BEFORE, Kind.STATEMENT_OUT_OF_DATE.failure()),
            new Step(Moment.BEFORE, Kind.STATEMENT_OUT_OF_DATE.failure()),
            Step.SUCCEEDS);
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(FIRST);
    assertThat(destination.events()).containsExactly("renewed connections to 0", "committed on 0");
  }

  @ParameterizedTest
  @CsvSource({"16, run 1", "17, defect"})
  void statementsThatAreAlwaysOutOfDateAreADefect(int failures, String expected) {
    List<Step> steps = new ArrayList<>();
    for (int failure = 0; failure < failures; failure++) {
      steps.add(new Step(Moment.BEFORE, Kind.STATEMENT_OUT_OF_DATE.failure()));
    }
    steps.add(Step.SUCCEEDS);
    ScriptedDestination destination = new ScriptedDestination(true, steps.toArray(Step[]::new));
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(expected);
  }

  @Test
  void anUnansweredCommitStaysUnknownWhenStatementsAreAlwaysOutOfDate() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(Moment.WHILE, Kind.CONNECTION_LOST.failure()));
    for (int failure = 0; failure < 17; failure++) {
      steps.add(new Step(Moment.BEFORE, Kind.STATEMENT_OUT_OF_DATE.failure()));
    }
    ScriptedDestination destination = new ScriptedDestination(true, steps.toArray(Step[]::new));
    assertThat(answer(destination, new CountingWrite(Finding.COMMITTED))).isEqualTo(UNKNOWN);
  }

  @Test
  void anUnansweredCommitIsResolvedOnTheShardThatTheSlotMovedTo() {
    CountingWrite write = new CountingWrite(Finding.NOT_COMMITTED);
    ScriptedDestination destination =
        new ScriptedDestination(
            true,
            new Step(Moment.WHILE, Kind.CONNECTION_LOST.failure()),
            new Step(Moment.WHILE, Kind.FOREIGN_SLOT.failure()),
            Step.SUCCEEDS);
    answer(destination, write);
    assertThat(write.calls).containsExactly("run", "resolve run 1", "resolve run 1");
    assertThat(destination.events()).containsExactly("lost 0", "refused by 0", "committed on 1");
  }

  private static String answer(ScriptedDestination destination, Write<String> write) {
    try {
      return new WriteAttempts<>(destination, write).run();
    } catch (OutcomeUnknownException unknown) {
      return UNKNOWN;
    } catch (WriteUnavailableException unavailable) {
      return UNAVAILABLE;
    } catch (SlotNotOwnedException moved) {
      return NOT_OWNED;
    } catch (PrimaryUnavailableException none) {
      return NO_PRIMARY;
    } catch (RequestInProgressException running) {
      return RUNNING;
    } catch (ProblemException refused) {
      return REFUSED;
    } catch (IllegalStateException defect) {
      return DEFECT;
    }
  }
}
