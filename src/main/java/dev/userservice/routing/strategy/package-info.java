/**
 * How a server is chosen among eligible ones: strategies, latency estimates and outlier ejection.
 * The code does no I/O and gets the time as a parameter, so that it can be simulated. Choosing
 * takes no lock and allocates nothing.
 */
@NullMarked
package dev.userservice.routing.strategy;

import org.jspecify.annotations.NullMarked;
