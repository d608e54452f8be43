/**
 * A real, replicated PostgreSQL cluster started and supervised by the process itself, for a laptop,
 * tests and demos. It needs neither containers nor a network: the servers come from the class path.
 *
 * <p>The executable is deployed beside a real cluster, so this whole package is left out of it (see
 * the profile {@code native}), which is why no other one may import it.
 *
 * <p>Each shard is one replication group: a primary, and replicas that stream from it. A commit is
 * acknowledged when any one replica has it on disk, so the sudden death of one server loses
 * nothing. When a primary dies it is fenced, the most advanced replica is promoted, and the dead
 * server is rebuilt on its own port, so the endpoints never change.
 *
 * <p>Thread-safety: {@link dev.userservice.embedded.EmbeddedCluster} may be used by any thread.
 * Inside, all decisions about one shard are taken by one thread of its own; what other threads may
 * read is volatile.
 *
 * <p>Sources, all from the PostgreSQL 18 manual: 26.2 "Log-Shipping Standby Servers" (streaming,
 * slots, 26.2.8.2 quorum commit), 26.3 "Failover", 25.3.4 "Making a Base Backup Using the Low Level
 * API", 18.5 "Shutting Down the Server".
 */
@NullMarked
package dev.userservice.embedded;

import org.jspecify.annotations.NullMarked;
