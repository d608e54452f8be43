package dev.userservice.sharding.map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How users are spread over shards. */
@ConfigMapping(prefix = "users.sharding")
public interface ShardingConfig {

  /**
   * Slots of a new cluster: a power of two. Fixed by the first start; a later start with another
   * number is refused.
   */
  @WithDefault("4096")
  @Min(1)
  @Max(65_536)
  int slots();

  /** How long a request that asks several shards may take. */
  @WithDefault("5s")
  @DurationMin(millis = 100)
  @DurationMax(minutes = 1)
  Duration scatterDeadline();
}
