package dev.userservice.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import dev.userservice.consistency.SessionLostException;
import dev.userservice.http.ProblemException;
import dev.userservice.sharding.map.ShardingConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of shards as futures that the test completes, against a deadline of 100 ms. */
final class ScatterGatherTest {

  private final ScatterGather scatter =
      new ScatterGather(
          TestSettings.of(
              ShardingConfig.class, Map.of("users.sharding.scatter-deadline", "100ms")));
  private final SortedMap<Integer, Future<String>> answers = new TreeMap<>();

  private Future<List<String>> gather() {
    return scatter.gather(answers);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private Throwable failure() {
    try {
      throw new AssertionError("answered " + await(gather()));
    } catch (CompletionException failed) {
      return Objects.requireNonNull(failed.getCause());
    }
  }

  @Test
  void noShardHasNoAnswer() {
    assertThat(await(gather())).isEmpty();
  }

  @Test
  void answersComeInTheOrderOfShardsWhicheverIsFirst() {
    Promise<String> slow = Promise.promise();
    Promise<String> fast = Promise.promise();
    answers.put(0, slow.future());
    answers.put(1, fast.future());
    Future<List<String>> gathered = gather();
    fast.complete("one");
    assertThat(gathered.isComplete()).isFalse();
    slow.complete("zero");
    assertThat(await(gathered)).containsExactly("zero", "one");
  }

  @Test
  void lateShardsAreNamedAtTheDeadline() {
    Promise<String> neverCompleted = Promise.promise();
    answers.put(0, Future.succeededFuture("zero"));
    answers.put(1, neverCompleted.future());
    answers.put(2, Future.failedFuture("gone"));
    answers.put(3, neverCompleted.future());
    Throwable failure = failure();
    assertThat(failure)
        .isInstanceOf(MissingShardsException.class)
        .hasMessage("No complete answer: shards [1, 2, 3] did not answer.")
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(((ProblemException) failure).problem().status()).isEqualTo(503);
    assertThat(failure.getSuppressed()).hasSize(2);
  }

  @Test
  void failedShardsAreNamedOnceAllHaveEnded() {
    Promise<String> pending = Promise.promise();
    answers.put(0, Future.failedFuture("gone"));
    answers.put(1, pending.future());
    Future<List<String>> gathered = gather();
    assertThat(gathered.isComplete()).isFalse();
    pending.fail("gone too");
    assertThatThrownBy(() -> await(gathered))
        .hasRootCauseMessage("gone")
        .hasMessageContaining("shards [0, 1] did not answer");
  }

  @Test
  void answerAfterTheDeadlineChangesNothing() {
    Promise<String> late = Promise.promise();
    answers.put(0, late.future());
    Future<List<String>> gathered = gather();
    assertThatThrownBy(() -> await(gathered)).hasMessageContaining("shards [0] did not answer");
    late.complete("zero");
    assertThat(gathered.failed()).isTrue();
  }

  /** Every server would refuse it, and so would each repetition. */
  @ParameterizedTest
  @ValueSource(strings = {"22001", "22003", "22021", "22P02", "22P05", "54000", "54001"})
  void aValueThatTheDatabaseRefusesIsTheCallersMistake(String state) {
    answers.put(0, Future.failedFuture("gone"));
    answers.put(1, Future.failedFuture(new PgException("refused", "ERROR", state, "")));
    answers.put(2, Future.failedFuture(new NullPointerException()));
    Throwable failure = failure();
    assertThat(failure).isInstanceOf(ProblemException.class).hasMessageContaining(state);
    assertThat(((ProblemException) failure).problem().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42601", "42703", "XX000", "0A000"})
  void aStatementThatIsWrongIsNoUnavailableServer(String state) {
    PgException wrong = new PgException("wrong", "ERROR", state, "");
    answers.put(0, Future.failedFuture("gone"));
    answers.put(1, Future.failedFuture(wrong));
    assertThat(failure()).isSameAs(wrong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "25006", "26000", "53300", "57014", "57P01", "58030", "40001"})
  void aServerThatCannotAnswerNowMakesItsShardMissing(String state) {
    answers.put(0, Future.failedFuture(new PgException("not now", "ERROR", state, "")));
    assertThat(failure()).isInstanceOf(MissingShardsException.class);
  }

  @Test
  void lostSessionIsToldAsSuch() {
    answers.put(0, Future.failedFuture("gone"));
    answers.put(1, Future.failedFuture(new SessionLostException(1)));
    assertThat(failure()).isInstanceOf(SessionLostException.class);
  }
}
