/**
 * Repeated requests: an {@code Idempotency-Key} is kept on the user's own shard, in the transaction
 * of the write that it names, so that a repetition gets the first answer.
 */
@NullMarked
package dev.userservice.user.idempotency;

import org.jspecify.annotations.NullMarked;
