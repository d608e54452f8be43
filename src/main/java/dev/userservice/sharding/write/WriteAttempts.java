package dev.userservice.sharding.write;

import dev.userservice.datasource.Failure;
import dev.userservice.http.ProblemException;
import dev.userservice.replication.PrimaryUnavailableException;
import dev.userservice.sharding.write.Destination.Primary;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one write, at most two on servers that are lost. What an attempt that is lost
 * leaves open decides the next one: if its commit was never sent, the write runs again; if it was
 * sent, the write is resolved. A refusal by a shard that does not own the slot leaves nothing open
 * and does not count: the write follows its slot. Neither does a connection whose prepared
 * statements are out of date: the write runs on other ones. Belongs to one thread.
 *
 * @param <T> what the write answers
 */
final class WriteAttempts<T> {

  private static final int ATTEMPTS = 2;

  // Each ends one connection, and all of a pool may be as old.
  private static final int MOST_STALE = 16;

  private final Destination destination;
  private final Write<T> write;
  private Optional<T> unanswered = Optional.empty();
  private @Nullable T ran;
  private @Nullable RuntimeException lost;
  private int losses;
  private int stale;
  private int shard = -1;

  WriteAttempts(Destination destination, Write<T> write) {
    this.destination = destination;
    this.write = write;
  }

  /**
   * Writes, and returns when the commit was confirmed.
   *
   * @throws OutcomeUnknownException if it may or may not have been committed
   * @throws WriteUnavailableException if nothing was changed
   */
  T run() {
    while (true) {
      Primary primary = primary();
      shard = primary.shard();
      ran = null;
      try {
        return primary.transaction(this::attempt);
      } catch (RuntimeException failure) {
        switch (WriteFailure.of(failure)) {
          case NOT_OWNER -> follow(primary, failure);
          case PRIMARY_LOST -> lose(primary, failure);
          case STALE_STATEMENT -> renew(primary, failure);
          case UNCONFIRMED -> throw OutcomeUnknownException.unconfirmed(shard, failure);
          case TIMED_OUT -> throw unsuccessful(failure);
          case IN_PROGRESS -> throw lost == null ? failure : unsuccessful(lost);
          case ANSWER -> throw answered(failure);
        }
      }
    }
  }

  /** The shard of the last attempt. */
  int shard() {
    return shard;
  }

  private Primary primary() {
    try {
      return destination.primary();
    } catch (PrimaryUnavailableException none) {
      throw unanswered.isPresent() ? unsuccessful(none) : none;
    }
  }

  /** The body of a transaction: once it has returned, the commit may have been sent. */
  private T attempt() throws SQLException {
    T result = unanswered.isPresent() ? resolved(unanswered.get()) : write.run();
    ran = result;
    return result;
  }

  private T resolved(T first) throws SQLException {
    return write.resolve(first).orElseThrow(() -> OutcomeUnknownException.unanswered(shard, lost));
  }

  private void follow(Primary primary, RuntimeException refusal) {
    if (!destination.refusedBy(primary)) {
      throw unanswered.isPresent()
          ? unsuccessful(refusal)
          : new SlotNotOwnedException(shard, refusal);
    }
  }

  private void lose(Primary primary, RuntimeException failure) {
    primary.lost();
    if (lost != null) {
      failure.addSuppressed(lost);
    }
    lost = failure;
    losses++;
    if (unanswered.isEmpty()) {
      unanswered = Optional.ofNullable(ran);
    }
    if (losses == ATTEMPTS) {
      throw unsuccessful(failure);
    }
  }

  private RuntimeException answered(RuntimeException failure) {
    String state =
        failure instanceof ProblemException || unanswered.isPresent()
            ? null
            : Failure.refusedValue(failure);
    return state == null ? failure : new RefusedValueException(state, failure);
  }

  private void renew(Primary primary, RuntimeException failure) {
    if (stale == MOST_STALE) {
      throw unanswered.isPresent() ? unsuccessful(failure) : failure;
    }
    if (stale == 0) {
      primary.renewConnections();
    }
    stale++;
  }

  private RuntimeException unsuccessful(RuntimeException cause) {
    return unanswered.isPresent()
        ? OutcomeUnknownException.unanswered(shard, cause)
        : new WriteUnavailableException(shard, cause);
  }
}
