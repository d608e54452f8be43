package dev.userservice.replication;

import java.util.function.LongConsumer;

/**
 * One more number that each probe of a group's servers reads, in the same round trip. A server
 * whose database does not have the objects of the expression yet is probed without it.
 *
 * @param expression an SQL expression of type {@code bigint}
 * @param answer called with every number that is not null, on an event loop; must not block
 */
public record ProbeQuestion(String expression, LongConsumer answer) {}
