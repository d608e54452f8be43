/**
 * A second request to another server when the first takes long, under a budget (Dean and Barroso,
 * <i>The Tail at Scale</i>, 2013).
 */
@NullMarked
package dev.userservice.routing.hedge;

import org.jspecify.annotations.NullMarked;
