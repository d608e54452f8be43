/**
 * Which server answers a read: the replicas in turn, eight reads each, the primary when no replica
 * can, and the next one when a server fails on the way. Never blocks; the choice allocates nothing.
 *
 * <p>The choice itself is a {@link dev.userservice.routing.Strategy} over {@link
 * dev.userservice.routing.Candidate}s, free of I/O and of any clock of its own, so that it can be
 * simulated. All of it is thread-safe and lock-free, except for {@link
 * dev.userservice.routing.Candidates}, which belongs to one thread.
 */
@NullMarked
package dev.userservice.routing;

import org.jspecify.annotations.NullMarked;
