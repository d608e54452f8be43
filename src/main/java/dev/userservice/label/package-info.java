/** How constants are written outside the code. Imports no other package. */
@NullMarked
package dev.userservice.label;

import org.jspecify.annotations.NullMarked;
