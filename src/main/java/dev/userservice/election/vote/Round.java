package dev.userservice.election.vote;

import dev.userservice.election.lock.ElectionLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * One call to every voter. It completes when all have answered or failed, when the answers are
 * enough, a short time after a majority has answered, or at the deadline.
 */
final class Round<T> {

  private static final int GRACE = 4;

  private final List<Optional<T>> answers;
  private final Predicate<List<Optional<T>>> enough;
  private final CompletableFuture<List<Optional<T>>> end = new CompletableFuture<>();
  private final ElectionLoop loop;
  private final long deadlineNanos;
  private int answered;
  private int open;

  private Round(
      int voters, Predicate<List<Optional<T>>> enough, ElectionLoop loop, long deadlineNanos) {
    this.answers = new ArrayList<>(Collections.nCopies(voters, Optional.empty()));
    this.enough = enough;
    this.loop = loop;
    this.deadlineNanos = deadlineNanos;
    this.open = voters;
  }

  /** Completes with one answer per call, in their order, empty where none came in time. */
  static <T> CompletionStage<List<Optional<T>>> of(
      List<CompletionStage<T>> calls,
      Predicate<List<Optional<T>>> enough,
      ElectionLoop loop,
      long deadlineNanos) {
    Round<T> round = new Round<>(calls.size(), enough, loop, deadlineNanos);
    for (int voter = 0; voter < calls.size(); voter++) {
      int index = voter;
      calls.get(voter).whenComplete((answer, failure) -> round.settled(index, answer, failure));
    }
    loop.after(deadlineNanos, round::finish);
    return round.end;
  }

  private void settled(int voter, T answer, Throwable failure) {
    open--;
    if (failure == null) {
      answers.set(voter, Optional.of(answer));
      answered++;
    }
    if (open == 0 || enough.test(answers)) {
      finish();
    } else if (failure == null && answered == answers.size() / 2 + 1) {
      loop.after(deadlineNanos / GRACE, this::finish);
    }
  }

  private void finish() {
    end.complete(List.copyOf(answers));
  }
}
