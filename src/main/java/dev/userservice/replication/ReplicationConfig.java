package dev.userservice.replication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How closely the servers are watched. */
@ConfigMapping(prefix = "users.replication")
public interface ReplicationConfig {

  /** Time between two probes of one endpoint, give or take a tenth. From 20 ms to 1 min. */
  @WithDefault("250ms")
  @DurationMin(millis = 20)
  @DurationMax(minutes = 1)
  Duration probeInterval();

  /** How long a probe may take before its endpoint counts as unreachable. From 20 ms to 1 min. */
  @WithDefault("1s")
  @DurationMin(millis = 20)
  @DurationMax(minutes = 1)
  Duration probeDeadline();

  /** How long a write waits for a primary to appear after a failover. From 0 to 1 min. */
  @WithDefault("8s")
  @DurationMin
  @DurationMax(minutes = 1)
  Duration primaryWait();

  /** How long the start waits for the primary of every shard. From 1 s to 1 h. */
  @WithDefault("60s")
  @DurationMin(seconds = 1)
  @DurationMax(hours = 1)
  Duration startupWait();
}
