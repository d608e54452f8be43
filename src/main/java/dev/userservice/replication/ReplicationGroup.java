package dev.userservice.replication;

import dev.userservice.wal.LagHistory;
import dev.userservice.wal.LogPosition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One shard's servers and which of them is the primary now. Reading the state costs a volatile
 * read; only {@link #awaitPrimary} blocks.
 */
public final class ReplicationGroup {

  private static final Logger LOG = Logger.getLogger(ReplicationGroup.class);

  private final int shard;
  private final LagHistory history = new LagHistory();
  private final TimelineJudge judge;
  private final PrimaryChoice choice = new PrimaryChoice();
  private final SystemIdentity identity = new SystemIdentity();
  private final TimelineQuestions timelines = new TimelineQuestions(this::learned);
  private long latestProbeNanos;
  private volatile String objection = "";
  private volatile boolean settled;
  private volatile List<MonitoredEndpoint> endpoints;
  private volatile Runnable probeNow = () -> {};
  private volatile @Nullable ProbeQuestion asked;
  private volatile long lostBytes;
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

  /** Whether the server is the primary now. */
  public boolean isPrimary(MonitoredEndpoint endpoint) {
    return endpoint == primary;
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
      case PRIMARY -> endpoint == primary ? 0 : Long.MAX_VALUE;
      case REPLICA ->
          history.lagNanos(state.position().timeline(), endpoint.replayedLsn(), nowNanos);
      case UNKNOWN -> Long.MAX_VALUE;
    };
  }

  /** The timeline of the primary, or of the last one. */
  public int timeline() {
    return judge.timeline();
  }

  /** Bytes of log that the server has not replayed yet; -1 if unknown. */
  public long lagBytes(MonitoredEndpoint endpoint) {
    return history.lagBytes(endpoint.state().position().timeline(), endpoint.replayedLsn());
  }

  /**
   * Whether a read may be sent to the server: not to one of another system, nor to one that answers
   * as a primary and is not the shard's.
   */
  public boolean mayServe(MonitoredEndpoint endpoint) {
    return !endpoint.foreign() && (endpoint.state().role() != Role.PRIMARY || endpoint == primary);
  }

  /**
   * Whether the shard has a primary, and all servers that answer are on its timeline. While it is
   * not so, an answer must tell its own timeline.
   */
  public boolean settled() {
    return settled;
  }

  /** Whether all servers answered their last probes. */
  public boolean allAnswer() {
    return endpoints.stream().allMatch(endpoint -> endpoint.state().reachable());
  }

  /** How many servers answer as primaries: 1 if all is well. */
  public int primaries() {
    int answering = 0;
    for (MonitoredEndpoint endpoint : endpoints) {
      answering += endpoint.state().role() == Role.PRIMARY ? 1 : 0;
    }
    return answering;
  }

  /** Bytes of log that this process saw of a former primary and that the present one lacks. */
  public long lostBytes() {
    return lostBytes;
  }

  /** Why the shard has no primary, or servers of it are not used; empty if all is well. */
  public String objections() {
    return Stream.concat(
            Stream.of(objection),
            endpoints.stream().map(MonitoredEndpoint::objection).filter(Objects::nonNull))
        .filter(reason -> !reason.isEmpty())
        .collect(Collectors.joining("; "));
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
    identity.retain(endpoints);
    elect();
  }

  /** Makes every probe from now on read one more number. A later question replaces this one. */
  public void probeAlso(ProbeQuestion question) {
    asked = question;
  }

  /** The statement for the additional number; null if there is none. */
  @Nullable String question() {
    ProbeQuestion now = asked;
    return now == null ? null : Probe.with(now);
  }

  void onProbeNeeded(Runnable probe) {
    probeNow = probe;
  }

  /** Records the result of a probe. */
  void found(MonitoredEndpoint endpoint, Probe.Answer answer, long sentAt) {
    if (takeIn(endpoint, answer, sentAt)) {
      ProbeQuestion now = asked;
      Long number = answer.asked();
      if (now != null && number != null) {
        now.answer().accept(number);
      }
    }
  }

  private synchronized boolean takeIn(
      MonitoredEndpoint endpoint, Probe.Answer answer, long sentAt) {
    latestProbeNanos = sentAt;
    identity.heard(endpoint, answer.system(), answer.initialised());
    endpoints.forEach(this::dismissIfForeign);
    if (endpoint.foreign()) {
      return false;
    }
    update(endpoint, answer.state());
    if (endpoint == primary) {
      identity.use(endpoint);
      history.primarySeen(answer.state().position(), sentAt);
      judge.primarySeen(answer.synchronous());
      if (!judge.complete()) {
        timelines.ask(endpoint);
      }
    }
    return true;
  }

  /** An address may pass to a server of another shard before the discovery announces it. */
  private void dismissIfForeign(MonitoredEndpoint endpoint) {
    endpoint.foreign(identity.isForeign(endpoint, endpoints));
    if (endpoint.foreign()) {
      notFound(endpoint, new ForeignServerException(shard));
    }
  }

  /** Records that a probe failed. */
  void notFound(MonitoredEndpoint endpoint, Throwable failure) {
    object(endpoint, "does not answer", failure);
    update(endpoint, endpoint.state().lost());
  }

  /**
   * Takes in that a server answers a probe and refuses its connection, which says nothing about its
   * role: what is known of it stays.
   */
  void refused(MonitoredEndpoint endpoint, Throwable failure) {
    object(endpoint, "refuses a connection", failure);
    update(endpoint, endpoint.state());
  }

  private void object(MonitoredEndpoint endpoint, String what, Throwable failure) {
    String reason = "%s %s: %s".formatted(endpoint.endpoint(), what, failure);
    if (endpoint.newObjection(reason)) {
      LOG.warnf("Shard %d: %s", shard, reason);
    }
  }

  synchronized void update(MonitoredEndpoint endpoint, EndpointState state) {
    if (!endpoints.contains(endpoint)) {
      return;
    }
    if (endpoint == primary) {
      choice.reached(endpoint.position());
    }
    Role before = endpoint.state().role();
    endpoint.state(state);
    if (before != state.role()) {
      LOG.infof("Shard %d: %s is %s, was %s", shard, endpoint.endpoint(), state.role(), before);
    }
    elect();
  }

  private void elect() {
    PrimaryChoice.Choice chosen = choice.among(endpoints, latestProbeNanos);
    MonitoredEndpoint next = chosen.primary().orElse(null);
    String found = chosen.objection();
    if (!identity.isKnown(endpoints)) {
      next = null;
      found = identity.objection(endpoints);
    }
    object(found);
    if (next != null && !judge.follows(next.state().position().timeline())) {
      timelines.ask(next);
      next = judge.follows(next.state().position().timeline()) ? next : null;
    }
    become(next);
    settled = next != null && endpoints.stream().allMatch(this::isOnTheTimelineOrLost);
  }

  private void object(String found) {
    if (!found.equals(objection)) {
      objection = found;
      if (!found.isEmpty()) {
        LOG.errorf("Shard %d: %s", shard, found);
      }
    }
  }

  private boolean isOnTheTimelineOrLost(MonitoredEndpoint endpoint) {
    EndpointState state = endpoint.state();
    return !state.reachable() || judge.follows(state.position().timeline());
  }

  /** Makes a server the primary, of whose timeline the judge knows what can be known. */
  private void become(@Nullable MonitoredEndpoint next) {
    MonitoredEndpoint before = primary;
    if (next == before) {
      return;
    }
    if (next != null) {
      if (choice.goesBack(next) || choice.contradicts(next)) {
        LOG.errorf(
            "Shard %d: %s is the primary, at %s. What the last one wrote from %s to %s is lost",
            shard, next.endpoint(), next.position(), choice.begin(), choice.reached());
        history.forget();
      }
      if (choice.contradicts(next)) {
        judge.doubt(choice.begin(), next.position());
      }
      choice.used(next, endpoints);
    }
    primary = next;
    if (before != null) {
      before.writes().flush();
    }
    if (next == null) {
      nextPrimary = new CompletableFuture<>();
    } else {
      nextPrimary.complete(next);
    }
  }

  /** Takes in where timelines began, unless another primary was chosen since it was asked. */
  private synchronized void learned(LogPosition position, SortedMap<Integer, Long> begins) {
    boolean chosen =
        choice
            .among(endpoints, latestProbeNanos)
            .primary()
            .filter(server -> server.state().position().timeline() == position.timeline())
            .isPresent();
    if (chosen) {
      follow(position, begins);
      elect();
    }
  }

  /** Has positions judged as positions of a primary's timeline. */
  synchronized void follow(LogPosition position, SortedMap<Integer, Long> begins) {
    if (judge.follows(position.timeline())) {
      judge.learn(begins);
      return;
    }
    judge.follow(position, begins);
    countLost(position);
  }

  private void countLost(LogPosition position) {
    LogPosition reached = choice.reached();
    lostBytes = choice.last() == null ? 0 : judge.lostBytes(reached);
    if (lostBytes > 0) {
      LOG.warnf(
          "Shard %d: timeline %d lacks %d bytes of log that timeline %d had; sessions that may have"
              + " seen them are answered session-lost",
          shard, position.timeline(), lostBytes, reached.timeline());
    }
  }
}
