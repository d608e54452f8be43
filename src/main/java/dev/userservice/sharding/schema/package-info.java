/** The version of the schema and its migration by the leader, shard after shard. */
@NullMarked
package dev.userservice.sharding.schema;

import org.jspecify.annotations.NullMarked;
