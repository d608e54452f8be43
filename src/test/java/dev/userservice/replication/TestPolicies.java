package dev.userservice.replication;

import dev.userservice.TestSettings;
import dev.userservice.consistency.ConsistencyConfig;
import dev.userservice.consistency.ConsistencyPolicy;

/** A policy by default settings, with a key of its own. */
public final class TestPolicies {

  private TestPolicies() {}

  /** The policy. */
  public static ConsistencyPolicy byDefault() {
    ConsistencyPolicy policy =
        new ConsistencyPolicy(TestSettings.byDefault(ConsistencyConfig.class));
    policy.open(new byte[32], (shard, seen) -> seen);
    return policy;
  }
}
