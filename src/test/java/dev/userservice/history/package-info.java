/**
 * What clients did and were answered, in one format, and the checker that judges it.
 *
 * <p>A history is a file of JSON lines, one {@link dev.userservice.history.Event} each. The clients
 * of the drills write it, and {@link dev.userservice.history.History#violations} says which answers
 * break a promise. Each rule has a second implementation, by its definition and without any
 * cleverness, with which tests compare it.
 */
@NullMarked
package dev.userservice.history;

import org.jspecify.annotations.NullMarked;
