/**
 * A replicated PostgreSQL cluster that the process itself starts and supervises, for development,
 * tests and demos. It needs neither containers nor a network: the programs are on the class path.
 *
 * <p>The executable is deployed with a cluster of its own, so it does not contain this package
 * (profile {@code native}). Therefore no other package may import this one.
 *
 * <p>Each shard is one replication group: a primary, and replicas that stream from it. A commit is
 * acknowledged when one replica has it on disk, so the death of one server loses no acknowledged
 * write. When a primary dies, it is fenced, the most advanced replica is promoted, and the dead
 * server is rebuilt on its own port, so the endpoints do not change.
 *
 * <p>Thread-safety: any thread may use {@link dev.userservice.embedded.EmbeddedCluster}. One thread
 * per shard takes all decisions about it; what other threads read is volatile.
 *
 * <p>Sources, all from the PostgreSQL 18 manual: 26.2 "Log-Shipping Standby Servers" (streaming,
 * slots, 26.2.8.2 quorum commit), 26.3 "Failover", 25.3.4 "Making a Base Backup Using the Low Level
 * API", 18.5 "Shutting Down the Server".
 */
@NullMarked
package dev.userservice.embedded;

import org.jspecify.annotations.NullMarked;
