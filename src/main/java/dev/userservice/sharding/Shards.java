package dev.userservice.sharding;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.replication.ConsistencyPolicy;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.routing.ReadRouter;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All shards, and where each user lives. Until the leader has migrated the shards and they are
 * open, there are none, and whoever asks where a user lives is told to come back.
 */
@Singleton
public final class Shards {

  private final ReplicationGroups groups;
  private final ReadRouter router;
  private final ShardMapStore store;
  private final TokenKeyStore keys;
  private final ConsistencyPolicy policy;
  private final Replies replies;
  private volatile List<Shard> shards = List.of();
  private volatile @Nullable ShardMap map;

  Shards(
      ReplicationGroups groups,
      ReadRouter router,
      ShardMapStore store,
      TokenKeyStore keys,
      ConsistencyPolicy policy,
      Replies replies) {
    this.groups = groups;
    this.router = router;
    this.store = store;
    this.keys = keys;
    this.policy = policy;
    this.replies = replies;
  }

  /** Reads the shard map and the token key of shards that are migrated; blocks. */
  void open() {
    map = store.loadOrCreate(groups.all());
    policy.key(keys.loadOrCreate(groups.all().get(0)));
    shards =
        groups.all().stream().map(group -> new Shard(group, router.to(group), replies)).toList();
  }

  /** The shard map in force. */
  public ShardMap map() {
    ShardMap current = map;
    if (current == null) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The service is starting; nothing was changed.");
    }
    return current;
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
