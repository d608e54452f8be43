/**
 * A user: its row, and how it is read and written.
 *
 * <p>Reads run on the event loop and cost one database round trip; pages and look-ups of many IDs
 * cost one per shard, in parallel. Writes block, as one transaction on the user's shard: two round
 * trips, statement and commit, and one more each for an {@code Idempotency-Key} and a merge patch.
 * Everything is thread-safe.
 */
@NullMarked
package dev.userservice.user;

import org.jspecify.annotations.NullMarked;
