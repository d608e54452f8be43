package dev.userservice.replication;

import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.topology.TopologyConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The configuration of this package and the one below, outside the service. */
public final class TestConfiguration {

  private TestConfiguration() {}

  public static SmallRyeConfig of(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(DataSourceConfig.class)
        .withMapping(ReplicationConfig.class)
        .withMapping(TopologyConfig.class)
        .withDefaultValues(settings)
        .build();
  }
}
