/** A real, replicated PostgreSQL cluster started and supervised by the process itself. */
@NullMarked
package dev.userservice.embedded;

import org.jspecify.annotations.NullMarked;
