package dev.userservice.replication;

import dev.userservice.consistency.ConsistencyConfig;
import dev.userservice.consistency.ConsistencyPolicy;
import io.smallrye.config.SmallRyeConfigBuilder;

/** A policy by default settings, with a key of its own. */
public final class TestPolicies {

  private TestPolicies() {}

  /** The policy. */
  public static ConsistencyPolicy byDefault() {
    ConsistencyPolicy policy =
        new ConsistencyPolicy(
            new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ConsistencyConfig.class)
                .build()
                .getConfigMapping(ConsistencyConfig.class));
    policy.key(new byte[32]);
    return policy;
  }
}
