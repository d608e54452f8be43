/**
 * The chart in {@code helm/user-service}, linted and rendered by the real Helm, and asserted on by
 * meaning: what is granted, what is kept, what is refused. Needs no cluster and no network.
 */
@NullMarked
package dev.userservice.chart;

import org.jspecify.annotations.NullMarked;
