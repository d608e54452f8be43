package dev.userservice.replication;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private volatile List<MonitoredEndpoint> endpoints;
  private volatile Runnable probeNow = () -> {};
  private volatile @Nullable MonitoredEndpoint primary;
  private volatile CompletableFuture<MonitoredEndpoint> nextPrimary = new CompletableFuture<>();

  ReplicationGroup(int shard, List<MonitoredEndpoint> endpoints) {
    this.shard = shard;
    this.endpoints = List.copyOf(endpoints);
  }

  /** The shard's number, from 0. */
  public int shard() {
    return shard;
  }

  /**
   * All servers, in the order of the topology, whatever their state: an immutable snapshot. The
   * next call may answer another one, so whoever counts on positions in it asks once.
   */
  public List<MonitoredEndpoint> endpoints() {
    return endpoints;
  }

  /** The primary, if one is known. */
  public Optional<MonitoredEndpoint> primary() {
    return Optional.ofNullable(primary);
  }

  /** The primary; waits for one to appear, and for no longer than the given time. */
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

  /** A request failed on this server: it counts as unknown until a probe, sent now, says more. */
  public void reportFailure(MonitoredEndpoint failed) {
    update(failed, EndpointState.unknown(failed.state().observedAtNanos()));
    probeNow.run();
  }

  /** Takes in that these are the servers now; whoever is not among them is no longer primary. */
  synchronized void replace(List<MonitoredEndpoint> next) {
    endpoints = List.copyOf(next);
    elect();
  }

  void onProbeNeeded(Runnable probe) {
    probeNow = probe;
  }

  /** Takes in what a probe found. */
  synchronized void found(MonitoredEndpoint endpoint, Probe.Answer answer, long sentAt, long now) {
    LogPosition position = answer.position();
    if (answer.role() == Role.PRIMARY) {
      history.primarySeen(position, sentAt);
      update(endpoint, new EndpointState(Role.PRIMARY, position, 0, 0, sentAt));
      return;
    }
    long bytes = history.lagBytes(position);
    long nanos = history.lagNanos(position, now);
    update(endpoint, new EndpointState(Role.REPLICA, position, bytes, nanos, sentAt));
  }

  /** Takes in that a probe failed; the first failure after a success, or ever, is logged. */
  void notFound(MonitoredEndpoint endpoint, Throwable failure, long sentAt) {
    if (endpoint.beginsToFail()) {
      LOG.warnf("Shard %d: %s does not answer: %s", shard, endpoint.endpoint(), failure);
    }
    update(endpoint, EndpointState.unknown(sentAt));
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
