/** The lock as the votes of a majority of the shards' primaries, which also grant the epochs. */
@NullMarked
package dev.userservice.election.vote;

import org.jspecify.annotations.NullMarked;
