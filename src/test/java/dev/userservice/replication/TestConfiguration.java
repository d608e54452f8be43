package dev.userservice.replication;

import dev.userservice.datasource.DataSourceConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The configuration of this package and the one below, outside the service. */
final class TestConfiguration {

  private TestConfiguration() {}

  static SmallRyeConfig of(Map<String, String> settings) {
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
