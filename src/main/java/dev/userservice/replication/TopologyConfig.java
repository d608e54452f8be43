package dev.userservice.replication;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** The servers of an existing PostgreSQL installation. */
@ConfigMapping(prefix = "users.topology")
public interface TopologyConfig {

  /** The shards, in their order, which must not change. Empty: another discovery finds them. */
  List<ShardEndpoints> shards();

  /** One shard. */
  interface ShardEndpoints {

    /** Its servers as {@code host:port}, at least one, in any order: roles are found by probing. */
    List<String> endpoints();
  }
}
