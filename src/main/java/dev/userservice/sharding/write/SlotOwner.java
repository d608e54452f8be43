package dev.userservice.sharding.write;

import dev.userservice.replication.ReplicationGroup;
import dev.userservice.sharding.Shard;
import dev.userservice.sharding.Shards;
import dev.userservice.sharding.map.CurrentShardMap;
import dev.userservice.time.Ticker;
import java.time.Duration;

/**
 * The shard that owns a slot, by the newest map, looked up anew for each attempt. While a slot is
 * between two owners, every shard refuses it; a write waits for that no longer than {@code
 * users.replication.primary-wait}. Belongs to the thread of one write.
 */
final class SlotOwner implements Destination {

  private static final long PAUSE_MILLIS = 20;

  private final Shards shards;
  private final CurrentShardMap map;
  private final int slot;
  private final Duration wait;
  private final Ticker ticker;
  private boolean refused;
  private long refusedSince;

  SlotOwner(Shards shards, CurrentShardMap map, int slot, Duration wait, Ticker ticker) {
    this.shards = shards;
    this.map = map;
    this.slot = slot;
    this.wait = wait;
    this.ticker = ticker;
  }

  @Override
  public Primary primary() {
    ReplicationGroup group = shards.ofSlot(slot).group();
    return new BoundPrimary(group, group.awaitPrimary(wait));
  }

  @Override
  public boolean refusedBy(Primary primary) {
    long now = ticker.nanos();
    if (!refused) {
      refused = true;
      refusedSince = now;
    }
    if (now - refusedSince >= wait.toNanos()) {
      return false;
    }
    Shard refusing = shards.all().get(primary.shard());
    long epoch = map.refresh(refusing.group()).epoch();
    if (shards.ofSlot(slot) == refusing) {
      map.awaitNewer(epoch, PAUSE_MILLIS);
    }
    return !Thread.currentThread().isInterrupted();
  }
}
