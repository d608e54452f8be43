package dev.userservice.datasource;

import dev.userservice.time.Ticker;
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
import java.util.Optional;

/**
 * One connection, from its opening to its end. Calls made while it opens wait for it. Belongs to
 * one event loop.
 */
final class PipelinedConnection {

  private final ReadOptions options;
  private final Ticker ticker;
  private final long openedAt;
  private final Promise<PgConnection> opening;
  private long lastAnswerAt;
  private int inFlight;
  private boolean retired;
  private boolean closed;

  PipelinedConnection(ContextInternal context, ReadOptions options, Ticker ticker) {
    this.options = options;
    this.ticker = ticker;
    this.openedAt = ticker.nanos();
    this.opening = context.promise();
    PgConnectionImpl.connect(context, options::connect)
        .onSuccess(this::opened)
        .onFailure(this::fail);
  }

  Future<RowSet<Row>> execute(String sql, Tuple arguments) {
    if (inFlight++ == 0) {
      lastAnswerAt = ticker.nanos();
    }
    Future<PgConnection> open = opening.future();
    Future<RowSet<Row>> answer =
        open.succeeded()
            ? open.result().preparedQuery(sql).execute(arguments)
            : open.compose(connection -> connection.preparedQuery(sql).execute(arguments));
    return answer.onComplete(done -> answered());
  }

  boolean closed() {
    return closed;
  }

  /** Whether it has owed answers for longer than it may. */
  boolean silent() {
    long patience = opening.future().isComplete() ? options.silenceNanos() : options.openingNanos();
    return inFlight > 0 && ticker.nanos() - lastAnswerAt > patience;
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
   * Closes it at once and fails the calls in flight. An orderly close would wait for the answers of
   * the calls before it, which a silent server never gives: so it is the socket that is closed.
   */
  void abort() {
    closed = true;
    if (!opening.tryFail(new SilentServerException(options.endpoint()))
        && opening.future().succeeded()) {
      socketOf(opening.future().result()).ifPresent(NetSocket::close);
    }
  }

  private void opened(PgConnection connection) {
    socketOf(connection).ifPresent(FlushesPerTurn::install);
    connection.closeHandler(gone -> closed = true);
    if (!opening.tryComplete(connection)) {
      connection.close();
    }
  }

  private void fail(Throwable failure) {
    closed = true;
    opening.tryFail(failure);
  }

  private void answered() {
    inFlight--;
    lastAnswerAt = ticker.nanos();
    closeIfDone();
  }

  private void closeIfDone() {
    if (retired && inFlight == 0 && !closed) {
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
