package dev.userservice.sharding.write;

import dev.userservice.replication.ReplicationConfig;
import dev.userservice.sharding.Shard;
import dev.userservice.sharding.Shards;
import dev.userservice.sharding.map.CurrentShardMap;
import dev.userservice.time.Ticker;
import dev.userservice.wal.LogPosition;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one way to change users. A write runs as one transaction on the primary of the shard that
 * owns the users, wherever that is now; the primary is looked up once for each attempt and bound to
 * it.
 *
 * <p>If the primary is lost, the gate waits for the next one, for no longer than {@code
 * users.replication.primary-wait}, and attempts the write once more: it runs it again if its commit
 * was never sent, and else has it resolved. If the shard does not own the users any more, the gate
 * learns the newest shard map and follows it. Blocks; thread-safe.
 */
@Singleton
public final class WriteGate {

  private final Shards shards;
  private final CurrentShardMap map;
  private final CommitPositions positions;
  private final Duration primaryWait;
  private final Ticker ticker;

  WriteGate(
      Shards shards,
      CurrentShardMap map,
      CommitPositions positions,
      ReplicationConfig config,
      Ticker ticker) {
    this.shards = shards;
    this.map = map;
    this.positions = positions;
    this.primaryWait = config.primaryWait();
    this.ticker = ticker;
  }

  /**
   * Writes a user. Costs one round trip more than the write and its commit, for the position.
   *
   * @throws OutcomeUnknownException if the write may or may not have been committed
   * @throws WriteUnavailableException if nothing was changed, and a later try may succeed
   * @throws SlotNotOwnedException likewise, while the user's slot is between two shards
   */
  public <T> Committed<T> run(long userId, Write<T> write) {
    return runInSlot(map.get().slotOf(userId), write);
  }

  /** Writes a user of a slot, such as one whose ID the write itself draws. */
  public <T> Committed<T> runInSlot(int slot, Write<T> write) {
    Destination owner = new SlotOwner(shards, map, slot, primaryWait, ticker);
    WriteAttempts<T> attempts = new WriteAttempts<>(owner, write);
    T value = attempts.run();
    return new Committed<>(value, positions(List.of(shards.all().get(attempts.shard()))));
  }

  /**
   * Writes many users of one shard.
   *
   * @throws SlotNotOwnedException if it does not own all of them any more; the newest map is known
   *     then, and nothing was changed
   */
  public <T> T runOn(Shard shard, Write<T> write) {
    return new WriteAttempts<>(new FixedShard(shard, map, primaryWait), write).run();
  }

  /**
   * A connection within the transaction of the write that runs on this thread. The write closes it.
   */
  public Connection connection() throws SQLException {
    return BoundPrimary.connection();
  }

  /** Positions that include all that was written to the given shards until now. */
  public Map<Integer, LogPosition> positions(Collection<Shard> written) {
    Map<Integer, LogPosition> included = new TreeMap<>();
    written.forEach(shard -> included.put(shard.number(), positions.now(shard)));
    return included;
  }
}
