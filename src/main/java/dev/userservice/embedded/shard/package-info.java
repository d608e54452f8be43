/**
 * One replicated shard of the embedded cluster: succession, promotion, and the care for its
 * replicas.
 */
@NullMarked
package dev.userservice.embedded.shard;

import org.jspecify.annotations.NullMarked;
