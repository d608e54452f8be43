package dev.userservice.topology;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.datasource.Endpoint;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Returns the servers that are configured by {@code users.topology.shards}. */
@Singleton
final class ConfiguredDiscovery implements EndpointDiscovery {

  private final TopologyConfig topology;
  private final DataSourceConfig dataSource;

  ConfiguredDiscovery(TopologyConfig topology, DataSourceConfig dataSource) {
    this.topology = topology;
    this.dataSource = dataSource;
  }

  @Override
  public boolean active() {
    return !topology.shards().isEmpty();
  }

  @Override
  public Topology discover(Duration wait) {
    return new Topology(
        topology.shards().stream()
            .map(shard -> shard.endpoints().stream().map(Endpoint::parse).toList())
            .toList(),
        Credentials.of(dataSource));
  }
}
