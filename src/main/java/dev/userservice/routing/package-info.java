/**
 * Which server answers a read.
 *
 * <p>A {@link dev.userservice.routing.ShardRouter} filters the shard's replicas by what the caller
 * was promised and by what is known of them (reachable, not ejected, fresh enough), lets a strategy
 * choose among the rest by weight and measured latency, goes to the next when a server fails, and
 * to the primary when no replica can keep the word. Strategies know nothing of PostgreSQL: they
 * serve HTTP peers as well.
 *
 * <p>Never blocks; a choice takes no lock and allocates nothing.
 */
@NullMarked
package dev.userservice.routing;

import org.jspecify.annotations.NullMarked;
