package dev.userservice.replication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Probes of the servers, and waits for a primary. */
@ConfigMapping(prefix = "users.replication")
public interface ReplicationConfig {

  /** Time between two probes of a server, plus or minus a tenth. */
  @WithDefault("250ms")
  @DurationMin(millis = 20)
  @DurationMax(minutes = 1)
  Duration probeInterval();

  /** How long a probe may take before the state of its server is unknown. */
  @WithDefault("1s")
  @DurationMin(millis = 20)
  @DurationMax(minutes = 1)
  Duration probeDeadline();

  /** How long a write waits for a primary after a failover. */
  @WithDefault("8s")
  @DurationMin
  @DurationMax(minutes = 1)
  Duration primaryWait();

  /**
   * How long the start waits for the primary of every shard, and before that for Kubernetes to name
   * a server of every shard.
   */
  @WithDefault("60s")
  @DurationMin(seconds = 1)
  @DurationMax(hours = 1)
  Duration startupWait();
}
