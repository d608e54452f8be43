/** Which servers there are: the configured list, or what a discovery announces. */
@NullMarked
package dev.userservice.topology;

import org.jspecify.annotations.NullMarked;
