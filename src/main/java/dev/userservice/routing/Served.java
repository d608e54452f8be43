package dev.userservice.routing;

import dev.userservice.datasource.Endpoint;
import dev.userservice.label.Labels;
import dev.userservice.replication.Role;
import dev.userservice.wal.LogPosition;
import java.util.function.Function;

/**
 * An answer, and who gave it.
 *
 * @param value the answer
 * @param shard the shard's number
 * @param position includes all that the answer shows
 * @param endpoint the server
 * @param role what the server was
 * @param stalenessNanos at most this old is what the answer shows; {@link Long#MAX_VALUE} when not
 *     known
 * @param reason why this server
 * @param <T> the answer
 */
public record Served<T>(
    T value,
    int shard,
    LogPosition position,
    Endpoint endpoint,
    Role role,
    long stalenessNanos,
    Reason reason) {

  /** The same with another answer. */
  public <R> Served<R> map(Function<T, R> change) {
    return new Served<>(
        change.apply(value), shard, position, endpoint, role, stalenessNanos, reason);
  }

  /** Why a server was asked. */
  public enum Reason {
    /** The strategy chose it among the replicas that may answer. */
    CHOSEN,
    /** It was not known to have what the session has seen, was asked, and had it. */
    CAUGHT_UP,
    /** Only the primary may answer a strong read. */
    STRONG,
    /** No replica could answer, or could keep the word in time. */
    NO_REPLICA,
    /** The first server took long, and this one was faster. */
    HEDGED,
    /** No server is known to be well, and this one answered. */
    LAST_RESORT;

    private final String label = Labels.of(this);

    /** The name in headers and metrics. */
    public String label() {
      return label;
    }
  }
}
