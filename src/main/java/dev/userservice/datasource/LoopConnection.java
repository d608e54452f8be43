package dev.userservice.datasource;

import dev.userservice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;

/**
 * One event loop's connection to one server. The Vert.x client reconnects and replaces it at the
 * end of its lifetime; this class adds the watch on a silent one. All state belongs to the event
 * loop.
 */
final class LoopConnection {

  private static final int CHECKS_PER_DEADLINE = 4;

  private final Vertx vertx;
  private final ContextInternal context;
  private final ReadOptions options;
  private final Ticker ticker;
  private final long watch;
  private SqlClient client;
  private int inFlight;
  private long silentSince;

  LoopConnection(Vertx vertx, ContextInternal caller, ReadOptions options, Ticker ticker) {
    this.vertx = vertx;
    this.context = caller.unwrap();
    this.options = options;
    this.ticker = ticker;
    this.client = open();
    long period = TimeUnit.NANOSECONDS.toMillis(options.deadlineNanos() / CHECKS_PER_DEADLINE);
    this.watch = vertx.setPeriodic(Math.max(10, period), timer -> onLoop(this::check));
  }

  Future<RowSet<Row>> execute(String sql, Tuple arguments) {
    if (inFlight++ == 0) {
      silentSince = ticker.nanos();
    }
    SqlClient asked = client;
    return asked
        .preparedQuery(sql)
        .execute(arguments)
        .onComplete(
            answer -> {
              if (asked == client) {
                inFlight--;
                silentSince = ticker.nanos();
              }
            });
  }

  void reset() {
    onLoop(this::replace);
  }

  void close() {
    vertx.cancelTimer(watch);
    onLoop(client::close);
  }

  private void check() {
    if (inFlight > 0 && ticker.nanos() - silentSince > options.deadlineNanos()) {
      replace();
    }
  }

  private void replace() {
    SqlClient silent = client;
    client = open();
    inFlight = 0;
    silent.close();
  }

  private SqlClient open() {
    return PgBuilder.client()
        .with(options.pool())
        .connectingTo(options.connect())
        .using(vertx)
        .build();
  }

  private void onLoop(Runnable action) {
    context.runOnContext(ignored -> action.run());
  }
}
