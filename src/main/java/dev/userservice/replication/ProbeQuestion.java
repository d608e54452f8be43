package dev.userservice.replication;

import java.util.function.LongConsumer;

/**
 * One more number that each probe of a group's servers asks for, in the same round trip. A server
 * whose database lacks what the expression names yet is probed without it.
 *
 * @param expression an SQL expression of type {@code bigint}
 * @param answer takes every answer that is not null, on an event loop; must not block
 */
public record ProbeQuestion(String expression, LongConsumer answer) {}
