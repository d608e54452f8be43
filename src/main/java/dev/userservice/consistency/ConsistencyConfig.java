package dev.userservice.consistency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

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
  @DurationMin
  @DurationMax(seconds = 1)
  Duration sessionWait();
}
