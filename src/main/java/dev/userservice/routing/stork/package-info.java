/** The same strategies as SmallRye Stork load balancers, for HTTP peers. */
@NullMarked
package dev.userservice.routing.stork;

import org.jspecify.annotations.NullMarked;
