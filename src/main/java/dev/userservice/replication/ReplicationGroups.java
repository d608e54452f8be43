package dev.userservice.replication;

import dev.userservice.datasource.ConnectionFactory;
import dev.userservice.datasource.PrimaryPools;
import dev.userservice.datasource.WritePool;
import dev.userservice.time.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Every shard's replication group. Found and watched from {@link #start} on. */
@Singleton
public final class ReplicationGroups implements PrimaryPools {

  private final Instance<EndpointDiscovery> discoveries;
  private final ConnectionFactory connections;
  private final ReplicationConfig config;
  private final Vertx vertx;
  private final Ticker ticker;
  private final List<ProbeLoop> loops = new ArrayList<>();
  private volatile List<ReplicationGroup> groups = List.of();

  ReplicationGroups(
      Instance<EndpointDiscovery> discoveries,
      ConnectionFactory connections,
      ReplicationConfig config,
      Vertx vertx,
      Ticker ticker) {
    this.discoveries = discoveries;
    this.connections = connections;
    config.check();
    this.config = config;
    this.vertx = vertx;
    this.ticker = ticker;
  }

  /** Finds the servers and waits until each shard has a primary. Called once; blocks. */
  public void start() {
    Topology topology = discovery().discover();
    List<ReplicationGroup> found = new ArrayList<>();
    for (int shard = 0; shard < topology.shards().size(); shard++) {
      found.add(watch(shard, topology));
    }
    groups = List.copyOf(found);
    ConnectionBudget budget = new ConnectionBudget(connections.connectionsPerEndpoint());
    groups.forEach(group -> budget.check(group.awaitPrimary(config.startupWait())));
  }

  /** The groups in shard order. */
  public List<ReplicationGroup> all() {
    return groups;
  }

  @Override
  public WritePool primaryOf(int shard) {
    return groups.get(shard).awaitPrimary(config.primaryWait()).writes();
  }

  void stop(@Observes ShutdownEvent event) {
    loops.forEach(ProbeLoop::stop);
    for (ReplicationGroup group : groups) {
      group.endpoints().forEach(endpoint -> endpoint.connections().close());
    }
  }

  private EndpointDiscovery discovery() {
    List<EndpointDiscovery> active =
        discoveries.stream().filter(EndpointDiscovery::active).toList();
    if (active.size() != 1) {
      throw new IllegalStateException(
          active.isEmpty()
              ? "No database is configured: set users.topology.shards[0].endpoints"
              : "Set either users.topology.shards or users.embedded.enabled=true, not both");
    }
    return active.get(0);
  }

  private ReplicationGroup watch(int shard, Topology topology) {
    List<MonitoredEndpoint> endpoints =
        topology.shards().get(shard).stream()
            .map(endpoint -> connections.connections(endpoint, topology.credentials()))
            .map(opened -> new MonitoredEndpoint(opened, EndpointState.unknown(ticker.nanos())))
            .toList();
    ReplicationGroup group = new ReplicationGroup(shard, endpoints);
    Context context = vertx.getOrCreateContext();
    List<ProbeLoop> probes =
        endpoints.stream()
            .map(each -> new ProbeLoop(vertx, context, ticker, config, group, each))
            .toList();
    endpoints.forEach(each -> each.connections().reads().onLoss(() -> group.reportFailure(each)));
    group.onProbeNeeded(() -> probes.forEach(ProbeLoop::probeNow));
    probes.forEach(ProbeLoop::probeNow);
    loops.addAll(probes);
    return group;
  }
}
