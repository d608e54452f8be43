/** What is known of the endpoints: roles, log positions, timelines, lag. */
@NullMarked
package dev.userservice.replication;

import org.jspecify.annotations.NullMarked;
