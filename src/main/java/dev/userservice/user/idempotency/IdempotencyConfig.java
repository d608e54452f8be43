package dev.userservice.user.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long the answers of requests with an Idempotency-Key are remembered. */
@ConfigMapping(prefix = "users.idempotency")
public interface IdempotencyConfig {

  /** For how long at least, by the clock of the user's shard. From 1 min to 365 days. */
  @WithDefault("24h")
  @DurationMin(minutes = 1)
  @DurationMax(days = 365)
  Duration retention();

  /** How often the leader removes those that are older. From 1 s to 1 h. */
  @WithDefault("1m")
  @DurationMin(seconds = 1)
  @DurationMax(hours = 1)
  Duration expiryInterval();
}
