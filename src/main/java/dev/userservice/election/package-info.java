/** Election. */
@NullMarked
package dev.userservice.election;

import org.jspecify.annotations.NullMarked;
