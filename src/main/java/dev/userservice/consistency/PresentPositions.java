package dev.userservice.consistency;

import dev.userservice.wal.LogPosition;
import org.jspecify.annotations.Nullable;

/** Translates positions that sessions have seen into positions of the shards' present timelines. */
@FunctionalInterface
public interface PresentPositions {

  /** The position on the shard's present timeline; null if a failover may have lost it. */
  @Nullable LogPosition of(int shard, LogPosition seen);
}
