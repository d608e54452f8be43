package dev.userservice.consistency;

import dev.userservice.wal.LogPosition;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a session has seen: for each shard that it read or wrote, the log position that later
 * answers must include. One token covers all shards; a client keeps only the last one.
 *
 * @param positions by the shard's number
 */
public record ConsistencyToken(SortedMap<Integer, LogPosition> positions) {

  /** The token of a session that has seen nothing. */
  public static final ConsistencyToken EMPTY = new ConsistencyToken(new TreeMap<>());

  /** Copies. */
  public ConsistencyToken {
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
  }

  /** Whether the session has seen nothing yet. */
  boolean isEmpty() {
    return positions.isEmpty();
  }

  /** What the session has seen of one shard; null if nothing. */
  @Nullable LogPosition seen(int shard) {
    return positions.get(shard);
  }

  /** This token with another position for one shard. */
  ConsistencyToken with(int shard, LogPosition position) {
    if (position.equals(positions.get(shard))) {
      return this;
    }
    TreeMap<Integer, LogPosition> more = new TreeMap<>(positions);
    more.put(shard, position);
    return new ConsistencyToken(more);
  }

  /** This token with other positions for some shards, which include what it held of them. */
  ConsistencyToken with(Map<Integer, LogPosition> seen) {
    TreeMap<Integer, LogPosition> more = new TreeMap<>(positions);
    more.putAll(seen);
    return new ConsistencyToken(more);
  }
}
