/** The contract of a lock, and the loop on which an election changes its state. */
@NullMarked
package dev.userservice.election.lock;

import org.jspecify.annotations.NullMarked;
