/** The strategies as load balancers of SmallRye Stork, for clients of HTTP peers. */
@NullMarked
package dev.userservice.routing.stork;

import org.jspecify.annotations.NullMarked;
