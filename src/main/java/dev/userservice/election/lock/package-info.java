/** What a lock promises to the elector, and the one thread on which an election changes state. */
@NullMarked
package dev.userservice.election.lock;

import org.jspecify.annotations.NullMarked;
