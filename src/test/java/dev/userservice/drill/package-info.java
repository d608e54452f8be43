/**
 * Drills: faults of the packaged service and its servers under load, checked against a record that
 * the clients keep.
 */
@NullMarked
package dev.userservice.drill;

import org.jspecify.annotations.NullMarked;
