package dev.userservice.datasource;

import dev.userservice.time.Ticker;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgConnectionImpl;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from opening to end. Calls made while it opens wait for it. Belongs to one event
 * loop.
 */
final class PipelinedConnection {

  // Each call would open a connection of its own while the server refuses them.
  private static final long REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Runs a call again that was not run since what this connection has prepared is out of date. */
  interface Repetition {

    void run(PipelinedConnection stale, String sql, Tuple arguments, Promise<RowSet<Row>> promise);
  }

  private static final Logger LOG = Logger.getLogger(PipelinedConnection.class);

  private final PipelinedOptions options;
  private final Ticker ticker;
  private final long openedAt;
  private final Runnable onLoss;
  private final Repetition repetition;
  private final Promise<PgConnection> opening;
  private final Set<Promise<RowSet<Row>>> owed = new HashSet<>();
  private long lastAnswerAt;
  private boolean retired;
  private boolean closed;
  private @Nullable Throwable refusal;
  private long refusedAt;

  PipelinedConnection(
      ContextInternal context,
      PipelinedOptions options,
      Ticker ticker,
      Runnable onLoss,
      Repetition repetition) {
    this.options = options;
    this.onLoss = onLoss;
    this.repetition = repetition;
    this.ticker = ticker;
    this.openedAt = ticker.nanos();
    this.opening = context.promise();
    PgConnectionImpl.connect(context, options::connect)
        .onSuccess(this::opened)
        .onFailure(this::fail);
  }

  /** Sends the call; the promise is completed by the answer or failed by {@link #abort}. */
  void execute(String sql, Tuple arguments, Promise<RowSet<Row>> promise, boolean repeatable) {
    if (owed.isEmpty()) {
      lastAnswerAt = ticker.nanos();
    }
    owed.add(promise);
    Future<PgConnection> open = opening.future();
    Future<RowSet<Row>> answer =
        open.succeeded()
            ? open.result().preparedQuery(sql).execute(arguments)
            : open.compose(connection -> connection.preparedQuery(sql).execute(arguments));
    answer.onComplete(
        done -> {
          if (repeatable && done.failed() && isStale(promise, done.cause())) {
            repetition.run(this, sql, arguments, promise);
            finished(promise);
          } else {
            answered(promise, done);
          }
        });
  }

  // Not one that was aborted, which has been failed already.
  private boolean isStale(Promise<RowSet<Row>> promise, Throwable failure) {
    return owed.contains(promise) && Failure.of(failure) == Failure.STALE_STATEMENT;
  }

  boolean closed() {
    return closed;
  }

  /** Why the server refused this connection, if it did so a moment ago. */
  @Nullable Throwable freshRefusal() {
    return ticker.nanos() - refusedAt < REFUSAL_NANOS ? refusal : null;
  }

  /** Whether it has owed answers for longer than allowed. */
  boolean silent() {
    long patience = opening.future().isComplete() ? options.silenceNanos() : options.openingNanos();
    return !owed.isEmpty() && ticker.nanos() - lastAnswerAt > patience;
  }

  /** Whether it is due to be replaced. */
  boolean old() {
    return ticker.nanos() - openedAt > options.lifetimeNanos();
  }

  /** Closes it once the calls in flight are answered. */
  void retire() {
    retired = true;
    closeIfDone();
  }

  /**
   * Closes the connection and fails the calls in flight. The client itself would wait for the
   * answers of a silent server even while it closes.
   */
  void abort() {
    closed = true;
    SilentServerException silence = new SilentServerException(options.endpoint());
    if (!opening.tryFail(silence) && opening.future().succeeded()) {
      socketOf(opening.future().result()).ifPresent(NetSocket::close);
    }
    List<Promise<RowSet<Row>>> broken = List.copyOf(owed);
    owed.clear();
    broken.forEach(promise -> promise.tryFail(silence));
  }

  private void opened(PgConnection connection) {
    socketOf(connection).ifPresent(FlushesPerTurn::install);
    connection.closeHandler(gone -> ended());
    // Without a handler the client prints a stack trace. Whoever is owed an answer is told.
    connection.exceptionHandler(
        broken -> LOG.debugf(broken, "A connection to %s broke", options.endpoint()));
    if (!opening.tryComplete(connection)) {
      connection.close();
    }
  }

  private void ended() {
    boolean lost = !closed;
    closed = true;
    if (lost) {
      onLoss.run();
    }
  }

  private void fail(Throwable failure) {
    closed = true;
    Throwable known = Failure.ofOpening(failure);
    if (Failure.of(known) == Failure.REJECTED) {
      refusal = known;
      refusedAt = ticker.nanos();
    }
    opening.tryFail(known);
  }

  private void answered(Promise<RowSet<Row>> promise, AsyncResult<RowSet<Row>> answer) {
    finished(promise);
    if (answer.succeeded()) {
      promise.tryComplete(answer.result());
    } else {
      promise.tryFail(answer.cause());
    }
  }

  private void finished(Promise<RowSet<Row>> promise) {
    owed.remove(promise);
    lastAnswerAt = ticker.nanos();
    closeIfDone();
  }

  private void closeIfDone() {
    if (retired && owed.isEmpty() && !closed) {
      closed = true;
      opening.future().onSuccess(PgConnection::close);
    }
  }

  private static Optional<NetSocketInternal> socketOf(PgConnection connection) {
    return connection instanceof SqlConnectionBase<?> base
            && base.unwrap() instanceof SocketConnectionBase onSocket
        ? Optional.of(onSocket.socket())
        : Optional.empty();
  }
}
