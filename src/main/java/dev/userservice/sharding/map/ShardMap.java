package dev.userservice.sharding.map;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Which shard owns which slot, as of one epoch. Immutable.
 *
 * <p>Of two maps of one cluster, the one with the higher epoch is right.
 */
public final class ShardMap {

  private final UUID cluster;
  private final long epoch;
  private final SlotFunction function;
  private final int[] owners;

  /**
   * A map as read from a database.
   *
   * @param cluster names the cluster, the same on all its shards
   * @param epoch 1 or more
   * @param owners for each slot, its shard's number
   */
  ShardMap(UUID cluster, long epoch, int[] owners) {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch " + epoch + " is below 1");
    }
    this.cluster = cluster;
    this.epoch = epoch;
    this.function = new SlotFunction(owners.length);
    this.owners = owners.clone();
  }

  /** The first map of a new cluster: every shard owns an equal range, give or take one slot. */
  static ShardMap even(UUID cluster, int slots, int shards) {
    if (shards < 1 || shards > slots) {
      throw new IllegalArgumentException(
          shards + " shards cannot share " + slots + " slots (users.sharding.slots)");
    }
    int[] owners = new int[slots];
    Arrays.setAll(owners, slot -> (int) ((long) slot * shards / slots));
    return new ShardMap(cluster, 1, owners);
  }

  /** Names the cluster. */
  public UUID cluster() {
    return cluster;
  }

  /** The map's number; grows with every change. */
  public long epoch() {
    return epoch;
  }

  /** How many slots there are. */
  public int slots() {
    return owners.length;
  }

  /** The slot of a user. */
  public int slotOf(long userId) {
    return function.slotOf(userId);
  }

  /** The number of the shard that owns a slot. */
  public int shardOfSlot(int slot) {
    return owners[slot];
  }

  /** The number of the shard that a user lives on. */
  public int shardOf(long userId) {
    return owners[function.slotOf(userId)];
  }

  /** How many slots a shard owns. */
  public int slotsOf(int shard) {
    return (int) Arrays.stream(owners).filter(owner -> owner == shard).count();
  }

  /** How many slots a shard owns by this map that it does not own by another one of the cluster. */
  int gainedBy(int shard, ShardMap other) {
    return (int)
        IntStream.range(0, owners.length)
            .filter(slot -> owners[slot] == shard && other.owners[slot] != shard)
            .count();
  }

  /** The highest number of a shard that owns a slot. */
  public int highestShard() {
    return Arrays.stream(owners).max().orElseThrow();
  }

  /**
   * Why this map cannot follow another one in a process that knows so many shards; empty if it can.
   */
  Optional<String> objectionAfter(ShardMap before, int shards) {
    if (!cluster.equals(before.cluster)) {
      return Optional.of("it belongs to another cluster");
    }
    if (owners.length != before.owners.length) {
      return Optional.of("it has " + owners.length + " slots, not " + before.owners.length);
    }
    return highestShard() < shards
        ? Optional.empty()
        : Optional.of("it names shard " + highestShard() + ", and this process knows " + shards);
  }

  int[] owners() {
    return owners.clone();
  }
}
