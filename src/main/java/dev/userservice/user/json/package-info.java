/**
 * Exact JSON of a user: attributes keep numbers as they were sent, and a merge patch (RFC 7396)
 * changes only what it names. Pure functions and immutable values, thread-safe.
 */
@NullMarked
package dev.userservice.user.json;

import org.jspecify.annotations.NullMarked;
