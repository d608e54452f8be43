package dev.userservice.routing;

import dev.userservice.datasource.Failure;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a read to one server of a shard, and to the next if that one fails: reads change nothing,
 * so repeating one is safe. One database round trip, plus one per failed server. A read stays with
 * the servers that the shard had when it began. Thread-safe.
 */
@Singleton
public final class ReadRouter {

  private final EndpointSelector selector = new EndpointSelector();

  /** Reads from the shard; fails when every one of its servers did. */
  public <T> Future<T> read(ReplicationGroup group, ReadOperation<T> operation) {
    return attempt(group, group.endpoints(), operation, selector.nextTurn(), 0, null);
  }

  private <T> Future<T> attempt(
      ReplicationGroup group,
      List<MonitoredEndpoint> endpoints,
      ReadOperation<T> operation,
      int turn,
      long tried,
      @Nullable Throwable lastFailure) {
    int index = selector.select(endpoints, turn, tried);
    if (index < 0) {
      return Future.failedFuture(new NoEndpointException(group.shard(), lastFailure));
    }
    MonitoredEndpoint endpoint = endpoints.get(index);
    return operation
        .on(endpoint.reads())
        .recover(
            failure -> {
              Failure kind = Failure.of(failure);
              if (kind == Failure.STATEMENT) {
                return Future.failedFuture(failure);
              }
              if (kind == Failure.SERVER_GONE) {
                group.reportFailure(endpoint);
              }
              return attempt(group, endpoints, operation, turn, tried | 1L << index, failure);
            });
  }
}
