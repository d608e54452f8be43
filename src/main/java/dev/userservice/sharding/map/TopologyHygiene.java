package dev.userservice.sharding.map;

import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Leadership;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.sharding.Shards;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Brings copies of the shard map that have stayed behind, because their shard was down when the map
 * changed or was restored from a backup, up to the newest one.
 */
@Singleton
final class TopologyHygiene implements LeaderTask {

  private static final Logger LOG = Logger.getLogger(TopologyHygiene.class);

  private final ReplicationGroups groups;
  private final Shards shards;

  TopologyHygiene(ReplicationGroups groups, Shards shards) {
    this.groups = groups;
    this.shards = shards;
  }

  @Override
  public String name() {
    return "topology-hygiene";
  }

  @Override
  public Duration interval() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run(Leadership leadership) throws Exception {
    if (shards.all().isEmpty()) {
      return;
    }
    Map<ReplicationGroup, ShardMap> copies = new ConcurrentHashMap<>();
    leadership.onEach(
        groups.all(),
        group ->
            leadership
                .transaction(group, StoredShardMap::read)
                .ifPresent(stored -> copies.put(group, stored.map())));
    ShardMap newest =
        copies.values().stream().max(Comparator.comparingLong(ShardMap::epoch)).orElseThrow();
    for (Map.Entry<ReplicationGroup, ShardMap> copy : copies.entrySet()) {
      if (copy.getValue().epoch() < newest.epoch()) {
        renew(leadership, copy.getKey(), newest);
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
