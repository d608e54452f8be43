package dev.userservice.embedded;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** The PostgreSQL cluster that the process starts for itself. */
@ConfigMapping(prefix = "users.embedded")
interface EmbeddedConfig {

  /**
   * Whether the process starts its own cluster. If absent, it does unless {@code
   * users.topology.shards} or {@code users.topology.kubernetes.services} is set or the process runs
   * in a pod.
   */
  Optional<Boolean> enabled();

  /** Shards, each a replication group. */
  @WithDefault("2")
  @Min(1)
  @Max(64)
  int shards();

  /**
   * Replicas per shard. Without replicas nothing survives the loss of the directory, and a dead
   * primary is restarted in place.
   */
  @WithDefault("2")
  @Min(0)
  @Max(8)
  int replicas();

  /**
   * Data, logs, password and unpacked programs of the servers. One process at a time may use it.
   */
  @WithDefault("target/postgresql")
  Path directory();

  /** Port of the first server; the others follow, shard by shard. 0 takes any free ports. */
  @WithDefault("0")
  @Min(0)
  @Max(65_535)
  int basePort();

  /**
   * More PostgreSQL settings of every server, by name; they take precedence over those of the
   * service.
   */
  Map<String, String> settings();

  /** How long one server may take until it accepts connections. */
  @WithDefault("60s")
  @DurationMin(millis = 1)
  Duration startupTimeout();
}
