/**
 * The HTTP resources of users: what a request may say, and what an answer says. Resources on event
 * loops never block; those that write run on worker threads.
 */
@NullMarked
package dev.userservice.user.api;

import org.jspecify.annotations.NullMarked;
