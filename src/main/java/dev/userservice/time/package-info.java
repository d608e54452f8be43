/**
 * Elapsed time, injected. Every deadline, lag and rate in the service is a difference of two {@link
 * dev.userservice.time.Ticker} readings of one process; wall clocks are never compared.
 */
@NullMarked
package dev.userservice.time;

import org.jspecify.annotations.NullMarked;
