package dev.userservice.sharding.map;

import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The shard map in the databases: each shard keeps the whole map and its own number in it. Shard 0
 * decides a race of first starts; the others copy what it holds.
 */
@Singleton
final class ShardMapStore {

  private static final Logger LOG = Logger.getLogger(ShardMapStore.class);

  private final ShardingConfig sharding;
  private final ReplicationConfig replication;

  ShardMapStore(ShardingConfig sharding, ReplicationConfig replication) {
    this.sharding = sharding;
    this.replication = replication;
  }

  /** The newest map; creates it if no shard has one, and hands it to shards that are new. */
  public ShardMap loadOrCreate(List<ReplicationGroup> groups) {
    List<Optional<StoredShardMap>> stored = readAll(groups);
    if (stored.stream().allMatch(Optional::isEmpty)) {
      create(groups);
      stored = readAll(groups);
    }
    ShardMap map = newest(stored);
    check(map, stored);
    for (ReplicationGroup group : groups) {
      if (stored.get(group.shard()).isEmpty()) {
        join(group, map);
      }
    }
    LOG.infof("Shard map epoch %d: %d slots on %d shards", map.epoch(), map.slots(), groups.size());
    return map;
  }

  private void join(ReplicationGroup group, ShardMap map) {
    if (!writeIfAbsent(group, map)) {
      check(map, read(group), group.shard());
    } else if (map.slotsOf(group.shard()) == 0) {
      LOG.infof(
          "Shard %d is new and joins empty: it holds none of the %d slots",
          group.shard(), map.slots());
    }
  }

  private List<Optional<StoredShardMap>> readAll(List<ReplicationGroup> groups) {
    return groups.stream().map(this::read).toList();
  }

  private void create(List<ReplicationGroup> groups) {
    writeIfAbsent(groups.get(0), ShardMap.even(UUID.randomUUID(), sharding.slots(), groups.size()));
  }

  private static ShardMap newest(List<Optional<StoredShardMap>> stored) {
    return stored.stream()
        .flatMap(Optional::stream)
        .map(StoredShardMap::map)
        .max(Comparator.comparingLong(ShardMap::epoch))
        .orElseThrow();
  }

  private void check(ShardMap map, List<Optional<StoredShardMap>> stored) {
    if (map.slots() != sharding.slots()) {
      throw new ShardMapException(
          "users.sharding.slots is %d, but the databases were created with %d"
              .formatted(sharding.slots(), map.slots()));
    }
    if (map.highestShard() >= stored.size()) {
      throw new ShardMapException(
          "%d shards are configured, but shard %d holds slots"
              .formatted(stored.size(), map.highestShard()));
    }
    for (int shard = 0; shard < stored.size(); shard++) {
      check(map, stored.get(shard), shard);
    }
  }

  private static void check(ShardMap map, Optional<StoredShardMap> stored, int shard) {
    if (stored.isEmpty()) {
      if (map.slotsOf(shard) > 0 && (map.epoch() > 1 || shard == 0)) {
        throw new ShardMapException(
            "Shard %d holds slots, but its database is empty: is it the right one?"
                .formatted(shard));
      }
      return;
    }
    StoredShardMap found = stored.get();
    if (!found.map().cluster().equals(map.cluster())) {
      throw new ShardMapException(
          "The database of shard %d belongs to another cluster".formatted(shard));
    }
    if (found.shard() != shard) {
      throw new ShardMapException(
          "The database configured as shard %d is shard %d".formatted(shard, found.shard()));
    }
  }

  private Optional<StoredShardMap> read(ReplicationGroup group) {
    return onPrimary(group, StoredShardMap::read);
  }

  private boolean writeIfAbsent(ReplicationGroup group, ShardMap map) {
    return onPrimary(
        group, connection -> new StoredShardMap(group.shard(), map).writeIfAbsent(connection));
  }

  private <T> T onPrimary(ReplicationGroup group, Statement<T> statement) {
    try (Connection connection =
        group.awaitPrimary(replication.startupWait()).writes().dataSource().getConnection()) {
      return Objects.requireNonNull(statement.on(connection));
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "The shard map of shard %d cannot be read or written: %s"
              .formatted(group.shard(), failure.getMessage()),
          failure);
    }
  }

  private interface Statement<T> {
    T on(Connection connection) throws SQLException;
  }
}
