package dev.userservice.sharding.write;

import dev.userservice.sharding.Shard;
import dev.userservice.sharding.map.CurrentShardMap;
import java.time.Duration;

/**
 * One shard, for a write of users of several slots, which may have got several owners. After a
 * refusal the newest map is known, and whoever writes divides the users anew.
 *
 * @param shard the shard
 * @param map learns the newest map
 * @param primaryWait how long to wait for a primary
 */
record FixedShard(Shard shard, CurrentShardMap map, Duration primaryWait) implements Destination {

  @Override
  public Primary primary() {
    return new BoundPrimary(shard.group(), shard.group().awaitPrimary(primaryWait));
  }

  @Override
  public boolean refusedBy(Primary primary) {
    map.refresh(shard.group());
    return false;
  }
}
