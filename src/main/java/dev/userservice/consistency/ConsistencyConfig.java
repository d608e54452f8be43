package dev.userservice.consistency;

import dev.userservice.time.DurationBounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What reads promise. */
@ConfigMapping(prefix = "users.consistency")
public interface ConsistencyConfig {

  /**
   * The level of a request without a Consistency header: {@code strong}, {@code session}, {@code
   * bounded=<ms>} or {@code eventual}.
   */
  @WithDefault("session")
  String defaultLevel();

  /**
   * How long a session's read waits for a replica to catch up before it goes to the primary. From 0
   * to 1 s.
   */
  @WithDefault("20ms")
  Duration sessionWait();

  /** Refuses what is out of bounds, naming the setting. */
  default void check() {
    DurationBounds.check("users.consistency.session-wait", sessionWait(), "PT0S", "PT1S");
  }
}
