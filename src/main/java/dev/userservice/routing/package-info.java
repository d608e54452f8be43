/**
 * Which server answers a read.
 *
 * <p>A {@link dev.userservice.routing.ShardRouter} filters the shard's replicas by what the caller
 * was promised and by what is known of them (reachable, not ejected, fresh enough), lets a {@link
 * dev.userservice.routing.strategy.Strategy} choose among the rest, goes to the next when a server
 * fails, and to the primary when no replica can keep the word. Never blocks.
 *
 * <p>The choice itself is made over {@link dev.userservice.routing.strategy.Candidate}s, free of
 * I/O and of any clock of its own, so that it can be simulated, and so that it serves HTTP peers
 * too. It takes no lock and allocates nothing.
 */
@NullMarked
package dev.userservice.routing;

import org.jspecify.annotations.NullMarked;
