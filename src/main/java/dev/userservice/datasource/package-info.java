/**
 * Connections to PostgreSQL, made per endpoint at run time from configuration.
 *
 * <p>Each endpoint has two kinds of connection. {@link dev.userservice.datasource.PipelinedClient}
 * pipelines prepared statements over one connection per event loop and blocks no thread. {@link
 * dev.userservice.datasource.WritePool} is a JDBC pool for transactions, which takes part in JTA
 * and serves Hibernate ORM, one tenant per shard.
 *
 * <p>Every connection has a connect timeout, TCP keepalive, deadlines, validation and a maximum
 * lifetime. Write connections have no query timeout on purpose: if a commit that waits for its
 * replicas is cancelled, PostgreSQL reports success for a write that is on one server only
 * (PostgreSQL documentation, section 26.2.8.4; ADR 1). The socket timeout ends such a wait without
 * an answer instead.
 *
 * <p>Thread-safe, except where a type says that it belongs to one event loop.
 */
@NullMarked
package dev.userservice.datasource;

import org.jspecify.annotations.NullMarked;
