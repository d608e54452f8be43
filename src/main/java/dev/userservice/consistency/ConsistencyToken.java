package dev.userservice.consistency;

import dev.userservice.wal.LogPosition;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a session has seen: of each shard it touched, the log position that any later answer must
 * include. A client keeps only the last token it was given, whichever shards it speaks to.
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
  public boolean isEmpty() {
    return positions.isEmpty();
  }

  /** What the session has seen of one shard. */
  public Optional<LogPosition> of(int shard) {
    return Optional.ofNullable(positions.get(shard));
  }

  /** This token, and a position that includes all it said of that shard. */
  public ConsistencyToken with(int shard, @Nullable LogPosition position) {
    if (position == null || position.equals(positions.get(shard))) {
      return this;
    }
    TreeMap<Integer, LogPosition> more = new TreeMap<>(positions);
    more.put(shard, position);
    return new ConsistencyToken(more);
  }

  /** This token, and positions that include all it said of their shards. */
  public ConsistencyToken with(Map<Integer, LogPosition> seen) {
    TreeMap<Integer, LogPosition> more = new TreeMap<>(positions);
    more.putAll(seen);
    return new ConsistencyToken(more);
  }
}
