/**
 * Writes: the transaction on the primary of a shard, and what to do when that primary is lost
 * before, while or after the commit is sent.
 */
@NullMarked
package dev.userservice.sharding.write;

import org.jspecify.annotations.NullMarked;
