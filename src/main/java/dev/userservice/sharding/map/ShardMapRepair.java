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
 *
 * <p>A copy is never brought up that would give its shard a slot: whoever moves the slot's users
 * there writes them and the shard's copy in one transaction. If the slot were given before its
 * users arrive, they would be missed, and others created in their place.
 */
@Singleton
final class ShardMapRepair implements LeaderTask {

  private static final Logger LOG = Logger.getLogger(ShardMapRepair.class);

  private final ReplicationGroups groups;
  private final Map<Integer, Long> reported = new ConcurrentHashMap<>();

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
          bringUp(leadership, copy.getKey(), copy.getValue(), newest.get());
        }
      }
    }
  }

  private void bringUp(
      Leadership leadership, ReplicationGroup group, ShardMap copy, ShardMap newest)
      throws Exception {
    int gained = newest.gainedBy(group.shard(), copy);
    if (gained > 0) {
      report(group.shard(), gained, newest.epoch());
    } else if (leadership.transaction(
        group, connection -> new StoredShardMap(group.shard(), newest).replace(copy, connection))) {
      LOG.infof("Brought the shard map of shard %d to epoch %d", group.shard(), newest.epoch());
    }
  }

  private void report(int shard, int gained, long epoch) {
    Long before = reported.put(shard, epoch);
    if (before == null || before != epoch) {
      LOG.warnf(
          "The shard map of epoch %d gives shard %d another %d slots, which its own copy does not"
              + " have: it gets them when their users are moved there",
          epoch, shard, gained);
    }
  }
}
