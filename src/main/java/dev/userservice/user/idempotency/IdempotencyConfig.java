package dev.userservice.user.idempotency;

import dev.userservice.time.DurationBounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the answers of requests with an Idempotency-Key are remembered. */
@ConfigMapping(prefix = "users.idempotency")
public interface IdempotencyConfig {

  /** For how long at least, by the clock of the user's shard. From 1 min to 365 days. */
  @WithDefault("24h")
  Duration retention();

  /** How often the leader removes those that are older. From 1 s to 1 h. */
  @WithDefault("1m")
  Duration expiryInterval();

  /** Refuses what is out of bounds, naming the setting. */
  default void check() {
    DurationBounds.check("users.idempotency.retention", retention(), "PT1M", "P365D");
    DurationBounds.check("users.idempotency.expiry-interval", expiryInterval(), "PT1S", "PT1H");
  }
}
