package dev.userservice.sharding.map;

import dev.userservice.time.DurationBounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How users are spread over shards. */
@ConfigMapping(prefix = "users.sharding")
public interface ShardingConfig {

  /**
   * How many slots a new cluster has: a power of two up to 65,536. Fixed for ever by the first
   * start; a later start with another number is refused.
   */
  @WithDefault("4096")
  int slots();

  /** How long a request that asks several shards may take. From 100 ms to 1 min. */
  @WithDefault("5s")
  Duration scatterDeadline();

  /** Refuses what is out of bounds, naming the setting. */
  default void check() {
    DurationBounds.check("users.sharding.scatter-deadline", scatterDeadline(), "PT0.1S", "PT1M");
  }
}
