/** Failures of the packaged service and its servers, under load, with a record kept by clients. */
@NullMarked
package dev.userservice.drill;

import org.jspecify.annotations.NullMarked;
