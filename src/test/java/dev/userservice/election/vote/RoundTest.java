package dev.userservice.election.vote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.lock.ManualLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a call to all voters ends. */
final class RoundTest {

  private static final long DEADLINE = 1_000;

  private final ManualLoop loop = new ManualLoop();
  private final List<CompletableFuture<String>> calls =
      Stream.generate(CompletableFuture<String>::new).limit(3).toList();

  @Test
  void endsWhenAllHaveAnswered() {
    CompletableFuture<List<Optional<String>>> round = round(answers -> false);
    calls.get(2).complete("c");
    calls.get(0).complete("a");
    assertThat(round).isNotDone();
    calls.get(1).completeExceptionally(new IllegalStateException());
    assertThat(round)
        .isCompletedWithValue(List.of(Optional.of("a"), Optional.empty(), Optional.of("c")));
  }

  @Test
  void endsWhenTheAnswersAreEnough() {
    CompletableFuture<List<Optional<String>>> round = round(answers -> answers.get(1).isPresent());
    calls.get(0).complete("a");
    assertThat(round).isNotDone();
    calls.get(1).complete("b");
    assertThat(round)
        .isCompletedWithValue(List.of(Optional.of("a"), Optional.of("b"), Optional.empty()));
  }

  @Test
  void waitsAQuarterOfTheDeadlineAfterAMajorityHasAnswered() {
    CompletableFuture<List<Optional<String>>> round = round(answers -> false);
    calls.get(0).complete("a");
    loop.advance(400);
    calls.get(1).complete("b");
    loop.advance(DEADLINE / 4 - 1);
    assertThat(round).isNotDone();
    loop.advance(1);
    assertThat(round).isDone();
  }

  @Test
  void failuresAreNoMajority() {
    CompletableFuture<List<Optional<String>>> round = round(answers -> false);
    calls.get(0).completeExceptionally(new IllegalStateException());
    calls.get(1).completeExceptionally(new IllegalStateException());
    loop.advance(DEADLINE - 1);
    assertThat(round).isNotDone();
    loop.advance(1);
    assertThat(round)
        .isCompletedWithValue(List.of(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void answersAfterTheEndChangeNothing() {
    CompletableFuture<List<Optional<String>>> round = round(answers -> false);
    loop.advance(DEADLINE);
    calls.get(0).complete("late");
    assertThat(round.join().get(0)).isEmpty();
  }

  private CompletableFuture<List<Optional<String>>> round(
      Predicate<List<Optional<String>>> enough) {
    List<CompletionStage<String>> stages = List.copyOf(calls);
    return Round.of(stages, enough, loop, DEADLINE).toCompletableFuture();
  }
}
