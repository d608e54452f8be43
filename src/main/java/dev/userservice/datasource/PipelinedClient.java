package dev.userservice.datasource;

import dev.userservice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs statements on one server: one pipelined connection per event loop, opened at its first use.
 * A request stays on its own thread from HTTP to PostgreSQL and back.
 *
 * <p>A call takes one round trip. A connection that owes answers and is silent for {@code
 * users.datasource.read-deadline} is closed, which fails all its calls at once: a dead server costs
 * one bounded wait, not one per call. Thread-safe; results arrive on the caller's event loop.
 */
public final class PipelinedClient implements AutoCloseable {

  private final Vertx vertx;
  private final PipelinedOptions options;
  private final Ticker ticker;
  private final Map<Object, LoopConnection> connections = new ConcurrentHashMap<>();
  private volatile Runnable onLoss = () -> {};
  private volatile boolean closed;

  PipelinedClient(Vertx vertx, PipelinedOptions options, Ticker ticker) {
    this.vertx = vertx;
    this.options = options;
    this.ticker = ticker;
  }

  /**
   * Registers an action that runs when the other side ends a connection: the server may have
   * changed its role. Runs on an event loop, before any later call there.
   */
  public void onLoss(Runnable action) {
    onLoss = action;
  }

  /** Runs one prepared statement; fails if the server cannot be reached. */
  public Future<RowSet<Row>> execute(String sql, Tuple arguments) {
    if (closed) {
      return Future.failedFuture(new ClosedClientException(options.endpoint()));
    }
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Object loop = context.nettyEventLoop();
    LoopConnection connection = connections.get(loop);
    if (connection == null) {
      connection =
          connections.computeIfAbsent(
              loop, key -> new LoopConnection(vertx, context, options, ticker, () -> onLoss.run()));
      if (closed) {
        connection.close();
      }
    }
    // In the caller's own context, which on the same event loop needs no switch of threads.
    Promise<RowSet<Row>> promise = context.promise();
    connection.execute(sql, arguments, promise);
    return promise.future();
  }

  /** Accepts no more calls; calls in flight are answered, or fail within the deadline. */
  @Override
  public void close() {
    closed = true;
    connections.values().forEach(LoopConnection::close);
  }
}
