package dev.userservice.replication;

import dev.userservice.background.DaemonThreads;
import dev.userservice.datasource.ConnectionFactory;
import dev.userservice.time.Ticker;
import dev.userservice.topology.EndpointDiscovery;
import dev.userservice.topology.Topology;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Every shard's replication group. They exist from {@link #start} on. */
@Singleton
public final class ReplicationGroups {

  private static final Logger LOG = Logger.getLogger(ReplicationGroups.class);

  private final Supplier<EndpointDiscovery> discovery;
  private final ConnectionFactory connections;
  private final ReplicationConfig config;
  private final Vertx vertx;
  private final Ticker ticker;
  private volatile List<GroupMembers> members = List.of();
  private volatile List<ReplicationGroup> groups = List.of();

  @Inject
  ReplicationGroups(
      Instance<EndpointDiscovery> discoveries,
      ConnectionFactory connections,
      ReplicationConfig config,
      Vertx vertx,
      Ticker ticker) {
    this(() -> theActiveOneOf(discoveries), connections, config, vertx, ticker);
  }

  ReplicationGroups(
      Supplier<EndpointDiscovery> discovery,
      ConnectionFactory connections,
      ReplicationConfig config,
      Vertx vertx,
      Ticker ticker) {
    this.discovery = discovery;
    this.connections = connections;
    this.config = config;
    this.vertx = vertx;
    this.ticker = ticker;
  }

  /** Finds the servers and waits until each shard has a primary. Called once; blocks. */
  public void start() {
    EndpointDiscovery found = discovery.get();
    Topology topology = found.discover(config.startupWait());
    List<GroupMembers> opened = new ArrayList<>();
    for (int shard = 0; shard < topology.shards().size(); shard++) {
      opened.add(new GroupMembers(shard, connections, config, vertx, ticker));
    }
    members = List.copyOf(opened);
    groups = members.stream().map(GroupMembers::group).toList();
    become(topology);
    found.watch(this::become);
    checkPrimaries();
  }

  // Each opens its first connection to a primary, which takes several round trips: all at once.
  private void checkPrimaries() {
    ThreadFactory threads = DaemonThreads.named("primary-check");
    List<FutureTask<Void>> checks = new ArrayList<>();
    for (ReplicationGroup group : groups) {
      FutureTask<Void> check = new FutureTask<>(() -> check(firstPrimary(group)), null);
      checks.add(check);
      threads.newThread(check).start();
    }
    checks.forEach(ReplicationGroups::join);
  }

  private MonitoredEndpoint firstPrimary(ReplicationGroup group) {
    try {
      return group.awaitPrimary(config.startupWait());
    } catch (PrimaryUnavailableException none) {
      String objections = group.objections();
      throw new IllegalStateException(
          "shard %d has no primary: %s"
              .formatted(
                  group.shard(), objections.isEmpty() ? "no server answers as one" : objections),
          none);
    }
  }

  private void check(MonitoredEndpoint primary) {
    new ConnectionBudget(connections.connectionsPerEndpoint()).check(primary);
    new SessionCheck(connections.writeDeadline()).check(primary);
  }

  private static void join(FutureTask<Void> check) {
    try {
      check.get();
    } catch (ExecutionException refusal) {
      throw refusal.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(refusal.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the start was interrupted", stopping);
    }
  }

  /** The groups in shard order. */
  public List<ReplicationGroup> all() {
    return groups;
  }

  public void stop(@Observes ShutdownEvent event) {
    members.forEach(GroupMembers::stop);
  }

  private void become(Topology topology) {
    if (topology.shards().size() != members.size()) {
      LOG.warnf(
          "Ignored a topology of %d shards: there are %d, and that changes at a start only",
          topology.shards().size(), members.size());
      return;
    }
    for (int shard = 0; shard < members.size(); shard++) {
      members.get(shard).become(topology.shards().get(shard), topology.credentials());
    }
  }

  private static EndpointDiscovery theActiveOneOf(Instance<EndpointDiscovery> discoveries) {
    List<EndpointDiscovery> active =
        discoveries.stream().filter(EndpointDiscovery::active).toList();
    if (active.size() != 1) {
      throw new IllegalStateException(
          active.isEmpty()
              ? "No database is configured: set users.topology.shards[0].endpoints"
                  + " or users.topology.kubernetes.services"
              : "Set only one of users.topology.shards, users.topology.kubernetes.services"
                  + " and users.embedded.enabled=true");
    }
    return active.get(0);
  }
}
