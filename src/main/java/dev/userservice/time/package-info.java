/**
 * Elapsed time, injected. Every deadline, lag and rate in the service is a difference of two {@link
 * dev.userservice.time.Ticker} readings of one process; no wall clock is compared with another.
 */
@NullMarked
package dev.userservice.time;

import org.jspecify.annotations.NullMarked;
