package dev.userservice.routing;

import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.hedge.Hedging;

/**
 * What every read of one shard uses. Thread-safe.
 *
 * @param group the shard's servers and what replication knows of them
 * @param targets the same servers as targets of reads
 * @param hedging whether, and after how long, a second server is asked
 * @param clock measures time and sets timers
 */
record RoutedShard(
    ReplicationGroup group, ReadTargets targets, Hedging hedging, RoutingClock clock) {}
