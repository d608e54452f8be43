/**
 * One replicated shard of the embedded cluster: initialization, failover, and supervision of its
 * replicas.
 */
@NullMarked
package dev.userservice.embedded.shard;

import org.jspecify.annotations.NullMarked;
