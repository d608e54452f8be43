package dev.userservice.sharding;

import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.consistency.SessionLostException;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.routing.ReadRouters;
import dev.userservice.sharding.map.CurrentShardMap;
import dev.userservice.sharding.map.ShardMap;
import dev.userservice.sharding.map.TokenKeyStore;
import dev.userservice.wal.LogPosition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All shards, and where each user lives. Until the leader has migrated the shards and they are
 * open, there are none, and whoever asks where a user lives is told to come back.
 */
@Singleton
public final class Shards {

  private final ReplicationGroups groups;
  private final ReadRouters routers;
  private final CurrentShardMap map;
  private final TokenKeyStore keys;
  private final ConsistencyPolicy policy;
  private final WriteCanary canary;
  private final MeterRegistry metrics;
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile List<Shard> shards = List.of();

  Shards(
      ReplicationGroups groups,
      ReadRouters routers,
      CurrentShardMap map,
      TokenKeyStore keys,
      ConsistencyPolicy policy,
      WriteCanary canary,
      MeterRegistry metrics) {
    this.groups = groups;
    this.routers = routers;
    this.map = map;
    this.keys = keys;
    this.policy = policy;
    this.canary = canary;
    this.metrics = metrics;
  }

  /** Reads the shard map and the token key of shards that are migrated; blocks. */
  public void open() {
    map.open(groups.all());
    policy.open(keys.loadOrCreate(groups.all().get(0)), this::present);
    shards = groups.all().stream().map(group -> new Shard(group, routers.to(group))).toList();
    shards.forEach(shard -> measure(shard.group()));
    canary.start(groups.all());
    opened.countDown();
  }

  private @Nullable LogPosition present(int shard, LogPosition seen) {
    try {
      return groups.all().get(shard).required(seen);
    } catch (SessionLostException lost) {
      return null;
    }
  }

  private void measure(ReplicationGroup group) {
    measure("users.sharding.slots", group, each -> map().slotsOf(each.shard()));
    measure(
        "users.sharding.writable", group, each -> canary.refusal(each.shard()).isPresent() ? 0 : 1);
    measure("users.replication.primaries", group, ReplicationGroup::primaries);
    measure("users.replication.lost.positions", group, ReplicationGroup::lostBytes);
  }

  private void measure(
      String name, ReplicationGroup group, ToDoubleFunction<ReplicationGroup> value) {
    Gauge.builder(name, group, value)
        .tag("shard", Integer.toString(group.shard()))
        .register(metrics);
  }

  /** Waits until the shards are open; answers whether they are. */
  public boolean awaitOpen(long time, TimeUnit unit) throws InterruptedException {
    return opened.await(time, unit);
  }

  /** The newest shard map that this process knows. */
  public ShardMap map() {
    return map.get();
  }

  /** The shard that a user lives on. */
  public Shard of(long userId) {
    return shards.get(map().shardOf(userId));
  }

  /** The shard that owns a slot. */
  public Shard ofSlot(int slot) {
    return shards.get(map().shardOfSlot(slot));
  }

  /** Every shard, in the order of numbers. */
  public List<Shard> all() {
    return shards;
  }
}
