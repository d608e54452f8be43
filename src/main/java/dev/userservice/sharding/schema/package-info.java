/** The version of the schema and its migration by the leader, on all shards at the same time. */
@NullMarked
package dev.userservice.sharding.schema;

import org.jspecify.annotations.NullMarked;
