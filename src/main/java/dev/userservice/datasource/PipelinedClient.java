package dev.userservice.datasource;

import dev.userservice.time.Ticker;
import io.netty.channel.EventLoop;
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
  private final Map<EventLoop, LoopConnection> connections = new ConcurrentHashMap<>();
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

  /**
   * Runs one prepared statement; fails if the server cannot be reached. If it turns out to have
   * been prepared for what is no longer so, it is prepared and run once more, on a new connection.
   */
  public Future<RowSet<Row>> execute(String sql, Tuple arguments) {
    return execute(sql, arguments, true);
  }

  /**
   * The same without the repetition: this call is run before every later one from the same thread,
   * or fails.
   */
  public Future<RowSet<Row>> executeInOrder(String sql, Tuple arguments) {
    return execute(sql, arguments, false);
  }

  private Future<RowSet<Row>> execute(String sql, Tuple arguments, boolean repeatable) {
    if (closed) {
      return Future.failedFuture(new ClosedClientException(options.endpoint()));
    }
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    LoopConnection connection = connectionOf(context);
    // In the caller's own context, which on the same event loop needs no switch of threads.
    Promise<RowSet<Row>> promise = context.promise();
    EventLoop loop = context.nettyEventLoop();
    if (loop.inEventLoop()) {
      connection.execute(sql, arguments, promise, repeatable);
    } else {
      loop.execute(() -> connection.execute(sql, arguments, promise, repeatable));
    }
    return promise.future();
  }

  private LoopConnection connectionOf(ContextInternal context) {
    EventLoop loop = context.nettyEventLoop();
    LoopConnection known = connections.get(loop);
    if (known != null) {
      return known;
    }
    LoopConnection connection =
        connections.computeIfAbsent(
            loop, key -> new LoopConnection(vertx, context, options, ticker, () -> onLoss.run()));
    if (closed) {
      connection.close();
    }
    return connection;
  }

  /** Accepts no more calls; calls in flight are answered, or fail within the deadline. */
  @Override
  public void close() {
    closed = true;
    connections.values().forEach(LoopConnection::close);
  }
}
