/**
 * Which server to ask: strategies, latency estimates and outlier ejection over candidates, free of
 * I/O and of any clock of their own, so that they can be simulated. Choosing takes no lock and
 * allocates nothing.
 */
@NullMarked
package dev.userservice.routing.strategy;

import org.jspecify.annotations.NullMarked;
