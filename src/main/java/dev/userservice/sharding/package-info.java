/**
 * Which shard a user lives on. A user's ID falls into a slot by PostgreSQL's own hash-partition
 * function ({@link dev.userservice.sharding.map.SlotFunction}); the {@link
 * dev.userservice.sharding.map.ShardMap} says which shard owns the slot.
 *
 * <p>The map is immutable, numbered by an epoch, created evenly at the first start and from then on
 * read from the databases. Each database also refuses by itself a write to a slot that its own copy
 * gives to another shard (SQLSTATE {@code US001}), so a router with a stale map can do no harm.
 *
 * <p>{@link dev.userservice.sharding.OwnerReads} reads a user from the shard that owns its slot,
 * also while the slot moves; {@link dev.userservice.sharding.ScatterGather} asks several shards at
 * the same time; every change passes {@link dev.userservice.sharding.write.WriteGate}. Thread-safe
 * throughout.
 */
@NullMarked
package dev.userservice.sharding;

import org.jspecify.annotations.NullMarked;
