package dev.userservice.routing;

import dev.userservice.datasource.Failure;
import dev.userservice.replication.AnswerPosition;
import dev.userservice.replication.EndpointState;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.Role;
import dev.userservice.routing.Served.Reason;
import dev.userservice.routing.hedge.Hedging;
import dev.userservice.wal.LogPosition;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One read on its way: the replica that the strategy chooses, else the one that may just have
 * caught up, else the primary. Its state belongs to one event loop once the first call is sent.
 */
final class RoutedRead<T> {

  private static final long REPLICA_POLL_MILLIS = 2;
  private static final long PRIMARY_POLL_MILLIS = 10;

  private final RoutedShard shard;
  private final ReadTerms terms;
  private final ReadStatement<T> statement;
  private final Tuple arguments;
  private final Promise<Served<T>> promise = Promise.promise();
  private Set<Route> tried = Set.of();
  private int outstanding;
  private @Nullable Throwable lastFailure;

  RoutedRead(RoutedShard shard, ReadTerms terms, ReadStatement<T> statement, Tuple arguments) {
    this.shard = shard;
    this.terms = terms;
    this.statement = statement;
    this.arguments = arguments;
  }

  Future<Served<T>> start() {
    Route first = attempt(terms.beganAtNanos());
    if (first != null) {
      hedgeLater(first, terms.beganAtNanos());
    }
    return promise.future();
  }

  private void next() {
    attempt(now());
  }

  /** The replica that was asked; null when none may answer, and another way was taken. */
  private @Nullable Route attempt(long now) {
    Route replica = shard.routes().replica(terms, tried, now);
    if (replica == null) {
      withoutReplica(now);
    } else {
      send(replica, Reason.CHOSEN, now);
    }
    return replica;
  }

  private void withoutReplica(long now) {
    switch (terms.level()) {
      case STRONG -> fromPrimary(Reason.STRONG, now);
      case BOUNDED -> {
        shard.group().refresh();
        fromPrimary(Reason.NO_REPLICA, now);
      }
      case SESSION -> {
        Route furthest = waited(now) ? null : furthest(now);
        if (furthest == null) {
          fromPrimary(Reason.NO_REPLICA, now);
        } else {
          ask(furthest, now);
        }
      }
      case EVENTUAL -> fromAnyone(now);
    }
  }

  private @Nullable Route furthest(long now) {
    return shard.routes().furthestReplica(terms, tried, now);
  }

  private boolean waited(long now) {
    return now - terms.beganAtNanos() >= shard.clock().sessionWait().toNanos();
  }

  /**
   * Sends the read behind a question for the position, on the same connection: if the answer to the
   * first includes what is required, so does the second's.
   */
  private void ask(Route route, long now) {
    Future<RowSet<Row>> position =
        route.endpoint().reads().execute(AnswerPosition.ALONE, Tuple.tuple());
    execute(
        route,
        now,
        answer -> {
          if (!position.succeeded()) {
            failed(route, now, position.cause());
          } else if (terms.hasRequired(AnswerPosition.replayedLsn(position.result()))) {
            answered(route, Reason.CAUGHT_UP, now, answer);
          } else {
            route.candidate().finished(now());
            shard.group().showed(route.endpoint(), AnswerPosition.replayedLsn(answer), now);
            shard.clock().after(REPLICA_POLL_MILLIS, this::next);
          }
        });
  }

  private void fromPrimary(Reason reason, long now) {
    MonitoredEndpoint primary = shard.group().primary().orElse(null);
    Route route = primary == null ? null : shard.routes().to(primary, now);
    if (route != null && terms.hasRequired(route.endpoint())) {
      send(route, reason, now);
      return;
    }
    long left = shard.clock().primaryWait().toNanos() - (now - terms.beganAtNanos());
    if (left <= 0) {
      promise.tryFail(new NoEndpointException(shard.group().shard(), lastFailure));
      return;
    }
    shard.group().refresh();
    shard.clock().after(PRIMARY_POLL_MILLIS, () -> fromPrimary(reason, now()));
  }

  private void fromAnyone(long now) {
    MonitoredEndpoint primary = shard.group().primary().orElse(null);
    Route route = primary == null ? null : shard.routes().to(primary, now);
    if (route != null && !tried.contains(route)) {
      send(route, Reason.NO_REPLICA, now);
      return;
    }
    Route any = shard.routes().untried(tried, now);
    if (any == null) {
      promise.tryFail(new NoEndpointException(shard.group().shard(), lastFailure));
    } else {
      send(any, Reason.LAST_RESORT, now);
    }
  }

  private void send(Route route, Reason reason, long now) {
    execute(route, now, answer -> answered(route, reason, now, answer));
  }

  private void execute(Route route, long now, Consumer<RowSet<Row>> onAnswer) {
    route.candidate().sent(now);
    outstanding++;
    route
        .endpoint()
        .reads()
        .execute(statement.sql(), arguments)
        .onComplete(
            answer -> {
              outstanding--;
              if (answer.succeeded()) {
                onAnswer.accept(answer.result());
              } else {
                failed(route, now, answer.cause());
              }
            });
  }

  private void answered(Route route, Reason reason, long sentAt, RowSet<Row> answer) {
    long now = now();
    count(route, sentAt, now);
    MonitoredEndpoint endpoint = route.endpoint();
    long replayed = AnswerPosition.replayedLsn(answer);
    long shown = AnswerPosition.shownLsn(answer, replayed);
    if (!terms.hasRequired(shown) && endpoint.state().role() == Role.REPLICA) {
      // It restarted with less than it had, and nobody has noticed yet.
      shard.group().reportFailure(endpoint);
      next();
      return;
    }
    shard.group().showed(endpoint, replayed, sentAt);
    Served<T> served = served(endpoint, reason, shown, answer);
    if (promise.tryComplete(served)) {
      route.metrics().answered(reason, now - sentAt, served.stalenessNanos());
    }
  }

  private Served<T> served(
      MonitoredEndpoint endpoint, Reason reason, long shown, RowSet<Row> answer) {
    EndpointState state = endpoint.state();
    return new Served<>(
        statement.read(answer),
        shard.group().shard(),
        new LogPosition(state.position().timeline(), shown),
        endpoint.endpoint(),
        state.role(),
        shard.group().stalenessNanos(endpoint, terms.beganAtNanos()),
        reason);
  }

  private void count(Route route, long sentAt, long now) {
    if (statement.isPoint()) {
      route.candidate().answered(now, now - sentAt);
      shard.hedging().answered(now, now - sentAt);
    } else {
      route.candidate().finished(now);
    }
  }

  private void failed(Route route, long sentAt, Throwable failure) {
    long now = now();
    Failure kind = Failure.of(failure);
    if (kind == Failure.STATEMENT) {
      route.candidate().finished(now);
      promise.tryFail(failure);
      return;
    }
    route.candidate().failed(now, now - sentAt);
    route.metrics().failed();
    if (kind == Failure.SERVER_GONE) {
      shard.group().reportFailure(route.endpoint());
    }
    tried = tried.isEmpty() ? new HashSet<>() : tried;
    tried.add(route);
    lastFailure = failure;
    if (outstanding == 0 && !promise.future().isComplete()) {
      next();
    }
  }

  private void hedgeLater(Route first, long now) {
    if (!statement.isPoint() || !Context.isOnEventLoopThread()) {
      return;
    }
    long delay = shard.hedging().delayNanos(now);
    if (delay != Hedging.NEVER) {
      shard.clock().after(delay / 1_000_000, () -> hedge(first));
    }
  }

  private void hedge(Route first) {
    if (promise.future().isComplete() || outstanding != 1) {
      return;
    }
    long now = now();
    Set<Route> others = new HashSet<>(tried);
    others.add(first);
    Route second = shard.routes().replica(terms, others, now);
    if (second != null && shard.hedging().tryHedge()) {
      second.metrics().hedged();
      send(second, Reason.HEDGED, now);
    }
  }

  private long now() {
    return shard.clock().nanos();
  }
}
