/**
 * The HTTP resources of users. The level of consistency of a request is decided here, and the token
 * and the {@code Served-By} header of its response are made here. Reads run on event loops and
 * never block; writes run on worker threads.
 */
@NullMarked
package dev.userservice.user.api;

import org.jspecify.annotations.NullMarked;
