/**
 * Connections to PostgreSQL, made per endpoint at run time from configuration.
 *
 * <p>Each endpoint has two ways in. {@link dev.userservice.datasource.ReadClient} serves reads:
 * prepared statements pipelined over one connection per event loop, never blocking a thread. {@link
 * dev.userservice.datasource.WritePool} serves transactions: a JDBC pool, joined to JTA, which
 * {@code TenantConnections} lends to Hibernate ORM, one tenant per shard.
 *
 * <p>A connection's hygiene is its own: connect timeout, TCP keepalive, deadlines, validation and a
 * maximum lifetime. Write connections have no {@code statement_timeout} on purpose: cancelling a
 * commit that waits for its replicas makes PostgreSQL report success for a write that is on one
 * server only (PostgreSQL documentation, section 26.2.8.4); the socket timeout ends such a wait
 * without an answer instead.
 *
 * <p>Thread-safe, except where a type says that it belongs to one event loop.
 */
@NullMarked
package dev.userservice.datasource;

import org.jspecify.annotations.NullMarked;
