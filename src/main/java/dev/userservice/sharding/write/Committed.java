package dev.userservice.sharding.write;

import dev.userservice.wal.LogPosition;
import java.util.Map;
import java.util.function.Function;

/**
 * What a committed write answered, and which positions of the logs include it.
 *
 * @param value the answer
 * @param positions a position by the number of each shard that was written to
 * @param <T> the answer
 */
public record Committed<T>(T value, Map<Integer, LogPosition> positions) {

  /** Copies the positions. */
  public Committed {
    positions = Map.copyOf(positions);
  }

  /** The same with another answer. */
  public <R> Committed<R> map(Function<T, R> change) {
    return new Committed<>(change.apply(value), positions);
  }
}
