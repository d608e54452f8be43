package dev.userservice.consistency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What a read may show. */
@ConfigMapping(prefix = "users.consistency")
public interface ConsistencyConfig {

  /**
   * The level of a request without a {@code Consistency} header: {@code strong}, {@code session},
   * {@code bounded=<ms>} or {@code eventual}.
   */
  @WithDefault("session")
  String defaultLevel();

  /**
   * How long a read at level {@code session} waits for a replica to catch up before the primary is
   * asked.
   */
  @WithDefault("20ms")
  @DurationMin
  @DurationMax(seconds = 1)
  Duration sessionWait();
}
