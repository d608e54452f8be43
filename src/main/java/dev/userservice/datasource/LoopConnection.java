package dev.userservice.datasource;

import dev.userservice.time.Ticker;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one event loop to one server: opened when there is none, aborted when it is
 * silent, replaced at the end of its lifetime or when what it has prepared is out of date. A
 * replaced connection first finishes its calls. All state belongs to the event loop.
 */
final class LoopConnection {

  private static final int CHECKS_PER_DEADLINE = 4;

  private final Vertx vertx;
  private final ContextInternal context;
  private final PipelinedOptions options;
  private final Ticker ticker;
  private final Runnable onLoss;
  private final long watch;
  private final Set<PipelinedConnection> leaving = new HashSet<>();
  private @Nullable PipelinedConnection connection;
  private boolean closing;

  LoopConnection(
      Vertx vertx,
      ContextInternal caller,
      PipelinedOptions options,
      Ticker ticker,
      Runnable onLoss) {
    this.vertx = vertx;
    this.context = caller.unwrap();
    this.options = options;
    this.ticker = ticker;
    this.onLoss = onLoss;
    long period = TimeUnit.NANOSECONDS.toMillis(options.silenceNanos() / CHECKS_PER_DEADLINE);
    this.watch = vertx.setPeriodic(Math.max(10, period), timer -> onLoop(this::check));
  }

  void execute(String sql, Tuple arguments, Promise<RowSet<Row>> promise, boolean repeatable) {
    PipelinedConnection current = connection;
    if (current == null || current.closed()) {
      Throwable refusal = current == null ? null : current.freshRefusal();
      if (refusal != null) {
        promise.tryFail(refusal);
        return;
      }
      current = new PipelinedConnection(context, options, ticker, onLoss, this::repeat);
      connection = current;
    }
    current.execute(sql, arguments, promise, repeatable);
  }

  private void repeat(
      PipelinedConnection stale, String sql, Tuple arguments, Promise<RowSet<Row>> promise) {
    if (connection == stale) {
      replace(stale);
    }
    execute(sql, arguments, promise, false);
  }

  private void replace(PipelinedConnection current) {
    connection = null;
    leaving.add(current);
    current.retire();
  }

  /**
   * Closes the connection when its calls in flight are answered, or aborts it when it is silent.
   */
  void close() {
    onLoop(
        () -> {
          closing = true;
          check();
        });
  }

  private void check() {
    PipelinedConnection current = connection;
    if (current != null && current.silent()) {
      connection = null;
      current.abort();
    } else if (current != null && (closing || current.old())) {
      replace(current);
    }
    leaving.stream().filter(PipelinedConnection::silent).forEach(PipelinedConnection::abort);
    leaving.removeIf(PipelinedConnection::closed);
    if (closing && leaving.isEmpty()) {
      vertx.cancelTimer(watch);
    }
  }

  private void onLoop(Runnable action) {
    context.runOnContext(ignored -> action.run());
  }
}
