/** Which candidate takes a free lock first. */
@NullMarked
package dev.userservice.election.preference;

import org.jspecify.annotations.NullMarked;
