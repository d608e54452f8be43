package dev.userservice.drill;

import dev.userservice.history.Event;
import dev.userservice.history.History;
import dev.userservice.history.Outcome;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A client all of whose calls become events of a history. A user is a key, and its counter the
 * value.
 */
record RecordedClient(UserClient client, History history) {

  /** Sets a user's counter. No two writes of a user may have the same. The future never fails. */
  Future<UserAnswer> put(String session, long user, long counter, @Nullable String token) {
    long begin = System.nanoTime();
    return client
        .put(user, counter, token)
        .onSuccess(
            answer ->
                history.add(
                    Event.write(
                        session,
                        Long.toString(user),
                        counter,
                        begin,
                        System.nanoTime(),
                        ofWrite(answer))));
  }

  /**
   * Reads a user. The future never fails.
   *
   * @param consistency the request header, absent when null
   * @param promised the level whose promise the answer is held to
   */
  Future<UserAnswer> get(
      String session,
      long user,
      @Nullable String consistency,
      String promised,
      @Nullable String token) {
    long begin = System.nanoTime();
    return client
        .get(user, consistency, token)
        .onSuccess(
            answer ->
                history.add(
                    Event.read(
                        promised,
                        session,
                        Long.toString(user),
                        answer.counter(),
                        begin,
                        System.nanoTime(),
                        ofRead(answer))));
  }

  private static Outcome ofWrite(UserAnswer answer) {
    if (answer.successful()) {
      return Outcome.DONE;
    }
    return answer.refused() ? Outcome.REFUSED : Outcome.UNKNOWN;
  }

  private static Outcome ofRead(UserAnswer answer) {
    if (answer.successful() || answer.notFound()) {
      return Outcome.DONE;
    }
    return answer.sessionLost() ? Outcome.SESSION_LOST : Outcome.UNANSWERED;
  }
}
