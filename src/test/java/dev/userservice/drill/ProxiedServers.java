package dev.userservice.drill;

import dev.userservice.datasource.Endpoint;
import dev.userservice.topology.Topology;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A proxy before each server of a cluster, all on one event loop. */
final class ProxiedServers implements AutoCloseable {

  private final Vertx vertx = EventLoops.single();
  private final Map<Endpoint, DelayingProxy> proxies = new LinkedHashMap<>();
  private final Topology servers;

  private ProxiedServers(Topology servers) {
    this.servers = servers;
  }

  static ProxiedServers before(Topology servers) {
    ProxiedServers proxied = new ProxiedServers(servers);
    for (Endpoint server : servers.shards().stream().flatMap(List::stream).toList()) {
      proxied.proxies.put(server, DelayingProxy.before(server, proxied.vertx));
    }
    return proxied;
  }

  /** The same servers at their proxies' addresses. */
  Topology topology() {
    return new Topology(
        servers.shards().stream()
            .map(shard -> shard.stream().map(server -> proxy(server).endpoint()).toList())
            .toList(),
        servers.credentials());
  }

  DelayingProxy proxy(Endpoint server) {
    return Objects.requireNonNull(proxies.get(server), server::toString);
  }

  @Override
  public void close() {
    EventLoops.await(vertx.close(), Duration.ofSeconds(10));
  }
}
