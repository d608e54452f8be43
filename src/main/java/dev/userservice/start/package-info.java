/**
 * The commands of the executable: none serves, {@code check} tries a running service, {@code
 * migrate} brings the schema up to date and ends. So a cluster's tests and jobs need no other
 * image.
 */
@NullMarked
package dev.userservice.start;

import org.jspecify.annotations.NullMarked;
