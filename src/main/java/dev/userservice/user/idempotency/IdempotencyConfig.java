package dev.userservice.user.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long the answers of requests with an Idempotency-Key are kept. */
@ConfigMapping(prefix = "users.idempotency")
interface IdempotencyConfig {

  /**
   * How long the answer of a request with an {@code Idempotency-Key} is kept at least, by the clock
   * of the user's shard.
   */
  @WithDefault("24h")
  @DurationMin(minutes = 1)
  @DurationMax(days = 365)
  Duration retention();

  /** How often the leader removes older answers. */
  @WithDefault("1m")
  @DurationMin(seconds = 1)
  @DurationMax(hours = 1)
  Duration expiryInterval();
}
