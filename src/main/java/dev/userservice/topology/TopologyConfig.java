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

  /** The shards in their order. */
  List<ShardEndpoints> shards();

  /** One shard. */
  interface ShardEndpoints {

    /**
     * The servers of a shard as {@code host:port}, at least one, in any order. The order of the
     * shards must not change. Without shards, another discovery finds the servers.
     */
    List<String> endpoints();
  }

  /** Servers found in Kubernetes. */
  KubernetesServices kubernetes();

  /** One Service per shard, each of which selects all servers of the shard. */
  interface KubernetesServices {

    /**
     * One Kubernetes Service per shard, in the order of the shards, which must not change. Each
     * selects all servers of its shard, as CloudNativePG's {@code <cluster>-r} does.
     */
    Optional<List<String>> services();

    /** The namespace of the Services; the pod's own if absent. */
    Optional<String> namespace();

    /** PostgreSQL's port: its number, or its name in the Service. */
    @WithDefault("5432")
    String port();

    /**
     * How long changes are watched before all EndpointSlices are listed again, plus or minus a
     * tenth. Changes that a broken watch missed are found after that time.
     */
    @WithDefault("1m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration resync();
  }
}
