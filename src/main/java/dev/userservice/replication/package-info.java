/**
 * The state of the servers: which servers there are, which is the primary, and the position that
 * each replica has replayed.
 *
 * <p>A {@link dev.userservice.replication.ReplicationGroup} watches one shard's endpoints with one
 * probe each: one statement and one round trip, on its own connection, at a jittered interval, with
 * a deadline. Roles come from {@code pg_is_in_recovery()}. If several servers accept writes, {@code
 * PrimaryChoice} follows the evidence: replicas, timelines (every promotion begins a new one,
 * PostgreSQL documentation, section 25.3.6) and positions. Requests report failures of a server
 * (SQLSTATE 25006, 57P01 to 57P03, 08xxx), and the server is then probed at once.
 *
 * <p>An {@link dev.userservice.topology.EndpointDiscovery} names the servers: the configured list,
 * the EndpointSlices of Kubernetes Services, or the embedded cluster. It may announce changes at
 * run time. Servers that stay keep their connections, state and probes.
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
