package dev.userservice.topology;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The servers of an existing PostgreSQL installation: listed, or found in Kubernetes. */
@ConfigMapping(prefix = "users.topology")
public interface TopologyConfig {

  /** The shards, in their order, which must not change. Empty: another discovery finds them. */
  List<ShardEndpoints> shards();

  /** One shard. */
  interface ShardEndpoints {

    /** Its servers as {@code host:port}, at least one, in any order: roles are found by probing. */
    List<String> endpoints();
  }

  /** Where Kubernetes knows the servers. */
  KubernetesServices kubernetes();

  /** One Service per shard, each of which selects all servers of the shard. */
  interface KubernetesServices {

    /**
     * The Services' names in the order of shards, which must not change; CloudNativePG's name for a
     * cluster's is {@code <cluster>-r}. Absent: another discovery finds the servers.
     */
    Optional<List<String>> services();

    /** The Services' namespace, by default the pod's own. */
    Optional<String> namespace();

    /** PostgreSQL's port: its number, or its name in the Service. */
    @WithDefault("5432")
    String port();

    /**
     * How long changes are watched before everything is listed anew, give or take a tenth; what a
     * broken watch has missed is found out after that time. From 1 s to 1 h.
     */
    @WithDefault("1m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration resync();
  }
}
