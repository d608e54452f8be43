package dev.userservice.routing;

import dev.userservice.datasource.Endpoint;
import dev.userservice.label.Labels;
import dev.userservice.replication.EndpointState;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.Role;
import dev.userservice.wal.LogPosition;
import java.util.function.Function;

/**
 * The answer of one shard to a read, and the server that gave it.
 *
 * @param value the answer
 * @param shard the shard's number
 * @param position a log position that includes everything the answer shows
 * @param endpoint the server
 * @param role the server's role when it answered
 * @param stalenessNanos the greatest possible age of the answer; {@link Long#MAX_VALUE} when not
 *     known
 * @param reason why this server was asked
 * @param <T> the type of the answer
 */
public record Served<T>(
    T value,
    int shard,
    LogPosition position,
    Endpoint endpoint,
    Role role,
    long stalenessNanos,
    Reason reason) {

  /** The answer of a server that showed the log up to a position, to a read that began then. */
  static <T> Served<T> of(
      T value,
      ReplicationGroup group,
      MonitoredEndpoint server,
      LogPosition shown,
      long beganAtNanos,
      Reason reason) {
    EndpointState state = server.state();
    return new Served<>(
        value,
        group.shard(),
        shown,
        server.endpoint(),
        state.role(),
        group.stalenessNanos(server, beganAtNanos),
        reason);
  }

  /** The same answer with another value. */
  public <R> Served<R> map(Function<T, R> change) {
    return new Served<>(
        change.apply(value), shard, position, endpoint, role, stalenessNanos, reason);
  }

  /** Why a server was asked. */
  public enum Reason {
    /** The strategy chose it among the eligible replicas. */
    CHOSEN,
    /** It was not known to have reached what the session has seen, and its answer showed it had. */
    CAUGHT_UP,
    /** Only the primary may answer a strong read. */
    STRONG,
    /** The primary, because no replica was eligible in time. */
    NO_REPLICA,
    /** The first server was slow, and this one answered sooner. */
    HEDGED,
    /** No server is known to be reachable, and this one answered. */
    LAST_RESORT;

    private final String label = Labels.of(this);

    /** The name in headers and metrics. */
    public String label() {
      return label;
    }
  }
}
