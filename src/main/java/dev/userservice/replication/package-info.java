/**
 * What is known of the servers: which there are, which is the primary, how far each replica has
 * replayed.
 *
 * <p>A {@link dev.userservice.replication.ReplicationGroup} watches one shard's endpoints with a
 * cheap probe each (one statement, one round trip, on a connection of its own, jittered, with a
 * deadline). Roles come from {@code pg_is_in_recovery()}; of two servers that both take writes, the
 * one on the higher timeline is the primary, since every promotion begins a new timeline
 * (PostgreSQL documentation, section 25.3.6). Requests report what they meet (SQLSTATE 25006, 57P01
 * to 57P03, 08xxx), which brings the next probe forward.
 *
 * <p>Which servers there are is for an {@link dev.userservice.topology.EndpointDiscovery} to say:
 * the configured list, the EndpointSlices of Kubernetes Services, or the embedded cluster. It may
 * announce others at run time; those that stay keep their connections, state and probes.
 *
 * <p>Log positions ({@link dev.userservice.wal.LogPosition}) compare within one timeline only. Lag
 * in time is elapsed time on this machine since the primary was seen at the position that the
 * replica has replayed; clocks of two machines are never compared.
 *
 * <p>Thread-safe: readers see immutable snapshots; each group's updates run on one event loop.
 */
@NullMarked
package dev.userservice.replication;

import org.jspecify.annotations.NullMarked;
