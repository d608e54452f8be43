/** One PostgreSQL server as processes and files: programs, directories, locks, start and stop. */
@NullMarked
package dev.userservice.embedded.server;

import org.jspecify.annotations.NullMarked;
