package dev.userservice.sharding;

import dev.userservice.routing.Served;
import java.util.List;
import java.util.function.Function;

/**
 * The answer to a read of several shards.
 *
 * @param value what the answers of the shards amount to together
 * @param parts the answer of each shard
 * @param <T> the type of the value
 */
public record Gathered<T>(T value, List<? extends Served<?>> parts) {

  /** Copies. */
  public Gathered {
    parts = List.copyOf(parts);
  }

  /** The same with another value. */
  public <R> Gathered<R> map(Function<T, R> change) {
    return new Gathered<>(change.apply(value), parts);
  }
}
