/** Who takes a free leadership first. */
@NullMarked
package dev.userservice.election.preference;

import org.jspecify.annotations.NullMarked;
