/**
 * The chart in {@code helm/user-service}, linted and rendered by the real Helm. The tests check the
 * meaning of the objects: what is granted, what is kept, what is refused. Needs no cluster and no
 * network.
 */
@NullMarked
package dev.userservice.chart;

import org.jspecify.annotations.NullMarked;
