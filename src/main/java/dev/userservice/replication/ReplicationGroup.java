package dev.userservice.replication;

import dev.userservice.wal.LagHistory;
import dev.userservice.wal.LogPosition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One shard's servers and which of them is the primary now. Reading the state costs a volatile
 * read; only {@link #awaitPrimary} blocks.
 */
public final class ReplicationGroup {

  private static final Logger LOG = Logger.getLogger(ReplicationGroup.class);

  private static final long UNKNOWN_SYSTEM = 0;

  private record Asked(String statement, LongConsumer answer) {}

  private final int shard;
  private final LagHistory history = new LagHistory();
  private final TimelineJudge judge;
  private long system = UNKNOWN_SYSTEM;
  private volatile List<MonitoredEndpoint> endpoints;
  private volatile Runnable probeNow = () -> {};
  private volatile @Nullable Asked asked;
  private volatile @Nullable MonitoredEndpoint primary;
  private volatile CompletableFuture<MonitoredEndpoint> nextPrimary = new CompletableFuture<>();

  ReplicationGroup(int shard, List<MonitoredEndpoint> endpoints) {
    this.shard = shard;
    this.judge = new TimelineJudge(shard);
    this.endpoints = List.copyOf(endpoints);
  }

  /** The shard's number, from 0. */
  public int shard() {
    return shard;
  }

  /**
   * All servers in the order of the topology, whatever their state: an immutable snapshot. The next
   * call may return another one, so a caller that uses indexes calls this once.
   */
  public List<MonitoredEndpoint> endpoints() {
    return endpoints;
  }

  /** The primary, if one is known. */
  public Optional<MonitoredEndpoint> primary() {
    return Optional.ofNullable(primary);
  }

  /** The primary. Blocks until there is one, at most for the given time. */
  public MonitoredEndpoint awaitPrimary(Duration wait) {
    CompletableFuture<MonitoredEndpoint> next = nextPrimary;
    MonitoredEndpoint known = primary;
    if (known != null) {
      return known;
    }
    probeNow.run();
    try {
      return next.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException none) {
      throw new PrimaryUnavailableException(shard, none);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new PrimaryUnavailableException(shard, stopping);
    }
  }

  /** The primary, or the next one if there is none now. In that case all servers are probed now. */
  public CompletionStage<MonitoredEndpoint> nextPrimary() {
    CompletableFuture<MonitoredEndpoint> next = nextPrimary;
    MonitoredEndpoint known = primary;
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    probeNow.run();
    return next.minimalCompletionStage();
  }

  /**
   * The position that a server must have reached to answer a session that has seen the given one.
   *
   * @throws SessionLostException if a failover may have lost what the session saw
   */
  public LogPosition required(LogPosition seen) {
    return judge.required(seen);
  }

  /**
   * The greatest age of the data that the server shows, in nanoseconds: 0 for the primary, {@link
   * Long#MAX_VALUE} if unknown.
   */
  public long stalenessNanos(MonitoredEndpoint endpoint, long nowNanos) {
    EndpointState state = endpoint.state();
    return switch (state.role()) {
      case PRIMARY -> 0;
      case REPLICA ->
          history.lagNanos(state.position().timeline(), endpoint.replayedLsn(), nowNanos);
      case UNKNOWN -> Long.MAX_VALUE;
    };
  }

  /** The newest timeline that any server of the shard was seen on. */
  public int timeline() {
    int newest = 1;
    for (MonitoredEndpoint endpoint : endpoints) {
      newest = Math.max(newest, endpoint.state().position().timeline());
    }
    return newest;
  }

  /** Bytes of log that the server has not replayed yet; -1 if unknown. */
  public long lagBytes(MonitoredEndpoint endpoint) {
    return history.lagBytes(endpoint.state().position().timeline(), endpoint.replayedLsn());
  }

  /** Probes all servers now instead of at their next interval. */
  public void refresh() {
    probeNow.run();
  }

  /**
   * Records the position that a server had reached when it answered a request.
   *
   * @param lsn flushed by the primary, replayed by a replica
   * @param sentAtNanos when the request was sent
   */
  public void showed(MonitoredEndpoint endpoint, long lsn, long sentAtNanos) {
    endpoint.replayed(lsn);
    EndpointState state = endpoint.state();
    if (state.role() == Role.PRIMARY && endpoint == primary) {
      history.primarySeen(new LogPosition(state.position().timeline(), lsn), sentAtNanos);
    }
  }

  /**
   * A request failed on this server: its state is unknown until the result of a probe, which is
   * sent now.
   */
  public void reportFailure(MonitoredEndpoint failed) {
    update(failed, failed.state().lost());
    probeNow.run();
  }

  /** Replaces the servers. A primary that is not among them is no longer the primary. */
  synchronized void replace(List<MonitoredEndpoint> next) {
    endpoints = List.copyOf(next);
    elect();
  }

  /** Makes every probe from now on read one more number. A later question replaces this one. */
  public void probeAlso(ProbeQuestion question) {
    asked = new Asked(Probe.with(question), question.answer());
  }

  /** The statement for the additional number; null if there is none. */
  @Nullable String question() {
    Asked now = asked;
    return now == null ? null : now.statement();
  }

  void onProbeNeeded(Runnable probe) {
    probeNow = probe;
  }

  /** Records the result of a probe. */
  void found(MonitoredEndpoint endpoint, Probe.Answer answer, long sentAt) {
    if (takeIn(endpoint, answer, sentAt)) {
      Asked now = asked;
      Long number = answer.asked();
      if (now != null && number != null) {
        now.answer().accept(number);
      }
    }
  }

  private synchronized boolean takeIn(
      MonitoredEndpoint endpoint, Probe.Answer answer, long sentAt) {
    if (!isOurs(answer.system())) {
      notFound(endpoint, new ForeignServerException(shard));
      return false;
    }
    LogPosition position = answer.position();
    update(endpoint, new EndpointState(answer.role(), position));
    if (endpoint == primary) {
      history.primarySeen(position, sentAt);
      if (judge.primarySeen(position, answer.synchronous())) {
        TimelineBegins.recordAndRead(endpoint.connections().probes()).onSuccess(judge::learn);
      }
    }
    return true;
  }

  /** An address may pass to a server of another shard before the discovery announces it. */
  private boolean isOurs(long answered) {
    if (system == UNKNOWN_SYSTEM) {
      system = answered;
    }
    return system == answered;
  }

  /**
   * Records that a probe failed. The first failure, and the first one after a success, is logged.
   */
  void notFound(MonitoredEndpoint endpoint, Throwable failure) {
    if (endpoint.beginsToFail()) {
      LOG.warnf("Shard %d: %s does not answer: %s", shard, endpoint.endpoint(), failure);
    }
    update(endpoint, endpoint.state().lost());
  }

  /**
   * Takes in that a server answers a probe and refuses its connection, which says nothing about its
   * role: what is known of it stays. The first time, and the first one after a success, is logged.
   */
  void refused(MonitoredEndpoint endpoint, Throwable failure) {
    if (endpoint.beginsToFail()) {
      LOG.warnf("Shard %d: %s refuses a connection: %s", shard, endpoint.endpoint(), failure);
    }
  }

  synchronized void update(MonitoredEndpoint endpoint, EndpointState state) {
    if (!endpoints.contains(endpoint)) {
      return;
    }
    Role before = endpoint.state().role();
    endpoint.state(state);
    if (before != state.role()) {
      LOG.infof("Shard %d: %s is %s, was %s", shard, endpoint.endpoint(), state.role(), before);
    }
    elect();
  }

  private void elect() {
    MonitoredEndpoint highest = null;
    for (MonitoredEndpoint candidate : endpoints) {
      if (candidate.state().role() == Role.PRIMARY
          && (highest == null
              || candidate.state().position().timeline() > highest.state().position().timeline())) {
        highest = candidate;
      }
    }
    MonitoredEndpoint before = primary;
    if (highest == before) {
      return;
    }
    primary = highest;
    if (before != null) {
      before.writes().flush();
    }
    if (highest == null) {
      nextPrimary = new CompletableFuture<>();
    } else {
      nextPrimary.complete(highest);
    }
  }
}
