package dev.userservice.routing;

import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.hedge.Hedging;

/**
 * What every read of one shard works with. Thread-safe.
 *
 * @param group the shard's servers and what is known of them
 * @param routes the same servers with what reads have shown of them
 * @param hedging whether, and after how long, a second server is asked
 * @param clock measures and sets timers
 */
record RoutedShard(ReplicationGroup group, Routes routes, Hedging hedging, RoutingClock clock) {}
