/**
 * What work in the background shares: daemon threads, and a log that does not repeat itself.
 * Imports no other package.
 */
@NullMarked
package dev.userservice.background;

import org.jspecify.annotations.NullMarked;
