/**
 * Users over HTTP: the founding {@code /user/{id}}, the {@code /users} collection, import and
 * export.
 *
 * <p>Reads run on the event loop and cost one database round trip; pages and look-ups of many IDs
 * cost one per shard, side by side. Writes run on a worker thread as one transaction on the user's
 * shard: two round trips, statement and commit, and one more each for an {@code Idempotency-Key}
 * and a merge patch. All resources are stateless and thread-safe.
 */
@NullMarked
package dev.userservice.user;

import org.jspecify.annotations.NullMarked;
