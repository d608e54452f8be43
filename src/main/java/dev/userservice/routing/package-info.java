/**
 * Which server answers a read: the replicas in turn, eight reads each, the primary when no replica
 * can, and the next one when a server fails on the way. Never blocks; the choice allocates nothing.
 */
@NullMarked
package dev.userservice.routing;

import org.jspecify.annotations.NullMarked;
