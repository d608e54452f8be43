/**
 * <<<<<<< HEAD Which server answers a read.
 *
 * <p>A {@link dev.userservice.routing.ShardRouter} filters the shard's replicas by what the caller
 * was promised and by what is known of them (reachable, not ejected, fresh enough), lets a strategy
 * choose among the rest by weight and measured latency, goes to the next when a server fails, and
 * to the primary when no replica can keep the word. Strategies know nothing of PostgreSQL: they
 * serve HTTP peers as well.
 *
 * <p>Never blocks; a choice takes no lock and allocates nothing. ======= Which server answers a
 * read: the replicas in turn, eight reads each, the primary when no replica can, and the next one
 * when a server fails on the way. Never blocks; the choice allocates nothing.
 *
 * <p>The choice itself is a {@link dev.userservice.routing.Strategy} over {@link
 * dev.userservice.routing.Candidate}s, free of I/O and of any clock of its own, so that it can be
 * simulated. All of it is thread-safe and lock-free, except for {@link
 * dev.userservice.routing.Candidates}, which belongs to one thread. >>>>>>> routing-core
 */
@NullMarked
package dev.userservice.routing;

import org.jspecify.annotations.NullMarked;
