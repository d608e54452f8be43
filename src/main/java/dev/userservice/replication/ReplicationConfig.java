package dev.userservice.replication;

import dev.userservice.time.DurationBounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How closely the servers are watched. */
@ConfigMapping(prefix = "users.replication")
public interface ReplicationConfig {

  /** Time between two probes of one endpoint, give or take a tenth. From 20 ms to 1 min. */
  @WithDefault("250ms")
  Duration probeInterval();

  /** How long a probe may take before its endpoint counts as unreachable. From 20 ms to 1 min. */
  @WithDefault("1s")
  Duration probeDeadline();

  /** How long a write waits for a primary to appear after a failover. From 0 to 1 min. */
  @WithDefault("8s")
  Duration primaryWait();

  /** How long the start waits for the primary of every shard. From 1 s to 1 h. */
  @WithDefault("60s")
  Duration startupWait();

  /** Refuses what is out of bounds, naming the setting. */
  default void check() {
    within("probe-interval", probeInterval(), "PT0.02S", "PT1M");
    within("probe-deadline", probeDeadline(), "PT0.02S", "PT1M");
    within("primary-wait", primaryWait(), "PT0S", "PT1M");
    within("startup-wait", startupWait(), "PT1S", "PT1H");
  }

  private static void within(String setting, Duration value, String least, String most) {
    DurationBounds.check("users.replication." + setting, value, least, most);
  }
}
