package dev.userservice.sharding.map;

import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Leadership;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Brings copies of the shard map that have stayed behind, because their shard was down when the map
 * changed or was restored from a backup, up to the newest one.
 */
@Singleton
final class ShardMapRepair implements LeaderTask {

  private static final Logger LOG = Logger.getLogger(ShardMapRepair.class);

  private final ReplicationGroups groups;

  ShardMapRepair(ReplicationGroups groups) {
    this.groups = groups;
  }

  @Override
  public String name() {
    return "shard-map-repair";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run(Leadership leadership) throws Exception {
    Map<ReplicationGroup, ShardMap> copies = new ConcurrentHashMap<>();
    leadership.onEach(
        groups.all(),
        group ->
            leadership
                .transaction(group, StoredShardMap::read)
                .ifPresent(stored -> copies.put(group, stored.map())));
    Optional<ShardMap> newest =
        copies.values().stream().max(Comparator.comparingLong(ShardMap::epoch));
    if (newest.isPresent()) {
      for (Map.Entry<ReplicationGroup, ShardMap> copy : copies.entrySet()) {
        if (copy.getValue().epoch() < newest.get().epoch()) {
          renew(leadership, copy.getKey(), newest.get());
        }
      }
    }
  }

  private static void renew(Leadership leadership, ReplicationGroup group, ShardMap newest)
      throws Exception {
    if (leadership.transaction(group, new StoredShardMap(group.shard(), newest)::replaceOlder)) {
      LOG.infof("Brought the shard map of shard %d to epoch %d", group.shard(), newest.epoch());
    }
  }
}
