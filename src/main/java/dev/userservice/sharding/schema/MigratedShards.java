package dev.userservice.sharding.schema;

import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Whether the leader has migrated all shards to the schema version that this process needs. */
@Singleton
public final class MigratedShards {

  private static final Logger LOG = Logger.getLogger(MigratedShards.class);

  private final ReplicationConfig config;
  private final Set<Integer> done = new HashSet<>();
  private final Set<Integer> told = new HashSet<>();

  MigratedShards(ReplicationConfig config) {
    this.config = config;
  }

  /**
   * Whether all shards are migrated. Asks the shards that were not migrated at the last call.
   * Blocks; for one thread.
   */
  public boolean allOf(List<ReplicationGroup> groups) {
    boolean all = true;
    for (ReplicationGroup group : groups) {
      if (!done.contains(group.shard())) {
        all &= look(group);
      }
    }
    return all;
  }

  private boolean look(ReplicationGroup group) {
    int shard = group.shard();
    int found = version(group);
    if (found >= SchemaVersion.NEWEST) {
      done.add(shard);
      return true;
    }
    if (told.add(shard)) {
      LOG.infof(
          "Shard %d has schema version %d; waiting until the leader migrates it to %d",
          shard, found, SchemaVersion.NEWEST);
    }
    return false;
  }

  private int version(ReplicationGroup group) {
    try (Connection connection =
        group.awaitPrimary(config.primaryWait()).writes().dataSource().getConnection()) {
      return SchemaVersion.of(connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "The schema version of shard %d cannot be read: %s"
              .formatted(group.shard(), failure.getMessage()),
          failure);
    }
  }
}
