package dev.userservice.replication;

import dev.userservice.TestSettings;
import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.topology.TopologyConfig;
import io.smallrye.config.SmallRyeConfig;
import java.util.Map;

/** The configuration of this package and the one below, outside the service. */
public final class TestConfiguration {

  private TestConfiguration() {}

  public static SmallRyeConfig of(Map<String, String> settings) {
    return TestSettings.of(
        settings, DataSourceConfig.class, ReplicationConfig.class, TopologyConfig.class);
  }
}
