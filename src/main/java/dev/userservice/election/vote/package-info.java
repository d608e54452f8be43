/** The lock as the votes of a majority of the shards' primaries, and the epoch that they grant. */
@NullMarked
package dev.userservice.election.vote;

import org.jspecify.annotations.NullMarked;
