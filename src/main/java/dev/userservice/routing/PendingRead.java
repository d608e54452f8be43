package dev.userservice.routing;

import dev.userservice.consistency.Consistency.Level;
import dev.userservice.consistency.SessionLostException;
import dev.userservice.datasource.Failure;
import dev.userservice.replication.AnswerPosition;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
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
 * One read until it is answered. It is sent to the eligible target that the strategy chooses, else
 * to a replica that may have caught up, else to the primary. Its state belongs to one event loop
 * once the first statement is sent.
 */
final class PendingRead<T> {

  private static final long REPLICA_POLL_MILLIS = 2;
  private static final long PRIMARY_POLL_MILLIS = 10;

  private final RoutedShard shard;
  private ReadRequirement requirement;
  private final ReadStatement<T> statement;
  private final Tuple arguments;
  private final Promise<Served<T>> promise = Promise.promise();
  private Set<ReadTarget> tried = Set.of();
  private int outstanding;
  private @Nullable Throwable lastFailure;

  PendingRead(
      RoutedShard shard, ReadRequirement requirement, ReadStatement<T> statement, Tuple arguments) {
    this.shard = shard;
    this.requirement = requirement;
    this.statement = statement;
    this.arguments = arguments;
  }

  Future<Served<T>> start() {
    ReadTarget first = attempt(requirement.beganAtNanos());
    if (first != null) {
      hedgeLater(first, requirement.beganAtNanos());
    }
    return promise.future();
  }

  private void next() {
    if (isJudgedAnew()) {
      attempt(now());
    }
  }

  /** Takes in a promotion since the last attempt; fails the read if its session is lost. */
  private boolean isJudgedAnew() {
    try {
      requirement = requirement.judgedAnew(shard.group());
      return true;
    } catch (SessionLostException lost) {
      promise.tryFail(lost);
      return false;
    }
  }

  /**
   * Sends the read to the chosen target; null when none is eligible and the read goes elsewhere.
   */
  private @Nullable ReadTarget attempt(long now) {
    ReadTarget target = shard.targets().choose(requirement, tried, now);
    if (target == null) {
      withoutEligibleTarget(now);
    } else {
      send(target, requirement.level() == Level.STRONG ? Reason.STRONG : Reason.CHOSEN, now);
    }
    return target;
  }

  private void withoutEligibleTarget(long now) {
    switch (requirement.level()) {
      case STRONG -> fromPrimary(Reason.STRONG, now);
      case BOUNDED -> {
        shard.group().refresh();
        fromPrimary(Reason.NO_REPLICA, now);
      }
      case SESSION -> {
        ReadTarget furthest = furthestReplica(now);
        if (furthest == null) {
          fromPrimary(Reason.NO_REPLICA, now);
        } else {
          sendIfCaughtUp(furthest, now);
        }
      }
      case EVENTUAL -> fromAnyServer(now);
    }
  }

  private @Nullable ReadTarget furthestReplica(long now) {
    boolean waited = now - requirement.beganAtNanos() >= shard.clock().sessionWait().toNanos();
    return waited ? null : shard.targets().furthestReplica(requirement, tried, now);
  }

  /**
   * Sends a question for the replica's position and the read on the same connection. If the first
   * answer includes the required position, so does the second.
   */
  private void sendIfCaughtUp(ReadTarget replica, long now) {
    Future<RowSet<Row>> position =
        replica
            .endpoint()
            .reads()
            .executeInOrder(AnswerPosition.alone(shard.group().settled()), Tuple.tuple());
    execute(
        replica,
        now,
        answer -> {
          if (!position.succeeded()) {
            failed(replica, now, position.cause());
          } else if (isCaughtUp(replica, position.result())) {
            answered(replica, Reason.CAUGHT_UP, now, answer);
          } else {
            replica.candidate().finished(now());
            showed(replica, answer, now);
            shard.clock().after(REPLICA_POLL_MILLIS, this::next);
          }
        });
  }

  private boolean isCaughtUp(ReadTarget replica, RowSet<Row> position) {
    long lsn = AnswerPosition.replayedLsn(position);
    return requirement.includedIn(positionOf(replica, position, lsn), false);
  }

  private static LogPosition positionOf(ReadTarget target, RowSet<Row> answer, long lsn) {
    int known = target.endpoint().state().position().timeline();
    return new LogPosition(AnswerPosition.timeline(answer, known), lsn);
  }

  private void showed(ReadTarget target, RowSet<Row> answer, long sentAt) {
    MonitoredEndpoint server = target.endpoint();
    LogPosition replayed = positionOf(target, answer, AnswerPosition.replayedLsn(answer));
    if (replayed.timeline() == server.state().position().timeline()) {
      shard.group().showed(server, replayed.lsn(), sentAt);
    }
  }

  private void fromPrimary(Reason reason, long now) {
    ReadTarget primary = shard.targets().primary(now);
    boolean failedBefore = primary != null && tried.contains(primary);
    if (primary != null && !failedBefore && requirement.reachedBy(primary.endpoint())) {
      send(primary, reason, now);
      return;
    }
    long left = shard.clock().primaryWait().toNanos() - (now - requirement.beganAtNanos());
    if (left <= 0) {
      promise.tryFail(withoutPrimary(primary));
      return;
    }
    if (failedBefore) {
      // It may answer later, as one does that has no free connection at the moment.
      tried.remove(primary);
    }
    shard.group().refresh();
    shard.clock().after(PRIMARY_POLL_MILLIS, () -> fromPrimaryAnew(reason));
  }

  private void fromPrimaryAnew(Reason reason) {
    if (isJudgedAnew()) {
      fromPrimary(reason, now());
    }
  }

  /** If all servers answer, and none is on the timeline that the session saw, that is lost. */
  private Throwable withoutPrimary(@Nullable ReadTarget primary) {
    ReplicationGroup group = shard.group();
    boolean lacking = primary != null && !requirement.reachedBy(primary.endpoint());
    return lacking && group.settled() && group.allAnswer()
        ? new SessionLostException(group.shard())
        : new NoEndpointException(group.shard(), lastFailure);
  }

  private void fromAnyServer(long now) {
    ReadTarget primary = shard.targets().primary(now);
    if (primary != null && !tried.contains(primary)) {
      send(primary, Reason.NO_REPLICA, now);
      return;
    }
    ReadTarget untried = shard.targets().untried(tried, now);
    if (untried == null) {
      promise.tryFail(new NoEndpointException(shard.group().shard(), lastFailure));
    } else {
      send(untried, Reason.LAST_RESORT, now);
    }
  }

  private void send(ReadTarget target, Reason reason, long now) {
    execute(target, now, answer -> answered(target, reason, now, answer));
  }

  private void execute(ReadTarget target, long now, Consumer<RowSet<Row>> onAnswer) {
    target.candidate().sent(now);
    outstanding++;
    target
        .endpoint()
        .reads()
        .execute(statement.sql(shard.group().settled()), arguments)
        .onComplete(
            answer -> {
              outstanding--;
              if (answer.succeeded()) {
                onAnswer.accept(answer.result());
              } else {
                failed(target, now, answer.cause());
              }
            });
  }

  private void answered(ReadTarget target, Reason reason, long sentAt, RowSet<Row> answer) {
    long now = now();
    measured(target, sentAt, now);
    MonitoredEndpoint endpoint = target.endpoint();
    boolean isPrimary = shard.group().isPrimary(endpoint);
    long replayed = AnswerPosition.replayedLsn(answer);
    LogPosition shown = positionOf(target, answer, AnswerPosition.shownLsn(answer, replayed));
    if (!requirement.includedIn(shown, isPrimary)) {
      lacksWhatIsRequired(endpoint, isPrimary && requirement.isOfTimeline(shown.timeline()));
      return;
    }
    showed(target, answer, sentAt);
    T value = statement.read(answer);
    Served<T> served =
        Served.of(value, shard.group(), endpoint, shown, requirement.beganAtNanos(), reason);
    if (promise.tryComplete(served)) {
      target.metrics().answered(reason, now - sentAt, served.stalenessNanos());
    }
  }

  /**
   * The primary itself lacks what the session saw on its timeline: that is lost. A replica has
   * restarted behind its last known position, or any server has changed its timeline, and no probe
   * has seen it yet.
   */
  private void lacksWhatIsRequired(MonitoredEndpoint endpoint, boolean lost) {
    ReplicationGroup group = shard.group();
    if (lost) {
      promise.tryFail(new SessionLostException(group.shard()));
    } else if (group.isPrimary(endpoint)) {
      group.refresh();
      shard.clock().after(PRIMARY_POLL_MILLIS, this::next);
    } else {
      group.reportFailure(endpoint);
      next();
    }
  }

  private void measured(ReadTarget target, long sentAt, long now) {
    if (statement.isPoint()) {
      target.candidate().answered(now, now - sentAt);
      shard.hedging().answered(now, now - sentAt);
    } else {
      target.candidate().finished(now);
    }
  }

  private void failed(ReadTarget target, long sentAt, Throwable failure) {
    long now = now();
    Failure kind = Failure.of(failure);
    if (kind == Failure.STATEMENT) {
      target.candidate().finished(now);
      promise.tryFail(failure);
      return;
    }
    target.candidate().failed(now, now - sentAt);
    target.metrics().failed();
    if (kind == Failure.SERVER_GONE) {
      shard.group().reportFailure(target.endpoint());
    }
    tried = tried.isEmpty() ? new HashSet<>() : tried;
    tried.add(target);
    lastFailure = failure;
    if (outstanding == 0 && !promise.future().isComplete()) {
      next();
    }
  }

  private void hedgeLater(ReadTarget first, long now) {
    if (!statement.isPoint()
        || requirement.level() == Level.STRONG
        || !Context.isOnEventLoopThread()) {
      return;
    }
    long delay = shard.hedging().delayNanos(now);
    if (delay != Hedging.NEVER) {
      shard.clock().after(delay / 1_000_000, () -> hedge(first));
    }
  }

  private void hedge(ReadTarget first) {
    if (promise.future().isComplete() || outstanding != 1) {
      return;
    }
    long now = now();
    Set<ReadTarget> others = new HashSet<>(tried);
    others.add(first);
    ReadTarget second = shard.targets().choose(requirement, others, now);
    if (second != null && shard.hedging().tryHedge()) {
      second.metrics().hedged();
      send(second, Reason.HEDGED, now);
    }
  }

  private long now() {
    return shard.clock().nanos();
  }
}
