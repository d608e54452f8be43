/** The servers of each shard: a configured list, or what a discovery reports. */
@NullMarked
package dev.userservice.topology;

import org.jspecify.annotations.NullMarked;
