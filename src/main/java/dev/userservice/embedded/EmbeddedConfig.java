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
public interface EmbeddedConfig {

  /**
   * Whether the process starts its own cluster. When absent, it does unless {@code
   * users.topology.shards} or {@code users.topology.kubernetes.services} is configured or the
   * process runs in Kubernetes (the environment variable {@code KUBERNETES_SERVICE_HOST} is set).
   */
  Optional<Boolean> enabled();

  /** Shards, each a replication group of its own: 1 to 64, 2 by default. */
  @WithDefault("2")
  @Min(1)
  @Max(64)
  int shards();

  /**
   * Replicas per shard: 0 to 8, 2 by default. With none, nothing survives the loss of the directory
   * and a dead primary is restarted in place.
   */
  @WithDefault("2")
  @Min(0)
  @Max(8)
  int replicas();

  /**
   * Where the servers' data, logs, password and unpacked programs are kept, {@code
   * target/postgresql} by default. One process at a time may use it.
   */
  @WithDefault("target/postgresql")
  Path directory();

  /**
   * TCP port of the first server; the others follow, shard by shard. 0, the default, takes any free
   * ports; otherwise 1 to 65535, all of them free.
   */
  @WithDefault("0")
  @Min(0)
  @Max(65_535)
  int basePort();

  /** More PostgreSQL settings by name, for every server; they win over our own. None by default. */
  Map<String, String> settings();

  /** How long one server may take until it accepts connections: above zero, 60 s by default. */
  @WithDefault("60s")
  @DurationMin(millis = 1)
  Duration startupTimeout();
}
