package dev.userservice.routing;

import dev.userservice.datasource.ReadClient;
import io.vertx.core.Future;

/**
 * A read that any server of a shard can answer. May be run more than once, on different servers.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface ReadOperation<T> {

  /** Sends the read to the given server. */
  Future<T> on(ReadClient server);
}
