package dev.userservice.sharding;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.ConsistencyPolicy;
import dev.userservice.consistency.ConsistencyToken;
import dev.userservice.routing.Served;
import dev.userservice.wal.LogPosition;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds to a value the session's next token, and who answered. Thread-safe, asks nobody. */
@Singleton
public final class Replies {

  private static final int REMEMBERED_SHARDS = 64;

  private record Encoded(LogPosition position, String token) {}

  private final ConsistencyPolicy policy;
  // A sessionless read of an idle shard gets the same token again and again.
  private final AtomicReferenceArray<@Nullable Encoded> last =
      new AtomicReferenceArray<>(REMEMBERED_SHARDS);

  Replies(ConsistencyPolicy policy) {
    this.policy = policy;
  }

  /** The reply to a read of one shard. */
  <T> Reply<T> read(Served<T> served, Consistency consistency) {
    LogPosition seen = seen(served, consistency);
    String token =
        consistency.token().isEmpty()
            ? encode(served.shard(), seen)
            : policy.encode(consistency.token().with(served.shard(), seen));
    return new Reply<>(served.value(), token, servedBy(served));
  }

  /** The reply to a read of several shards. */
  public <T, R> Reply<R> read(R value, Collection<Served<T>> parts, Consistency consistency) {
    TreeMap<Integer, LogPosition> seen = new TreeMap<>();
    parts.forEach(part -> seen.put(part.shard(), seen(part, consistency)));
    String servedBy = parts.stream().map(Replies::servedBy).collect(Collectors.joining(", "));
    return new Reply<>(value, policy.encode(consistency.token().with(seen)), servedBy);
  }

  /** The reply to a write that is included in the log up to the given positions of shards. */
  public <T> Reply<T> written(T value, Map<Integer, LogPosition> positions, Consistency session) {
    return new Reply<>(value, policy.encode(session.token().with(positions)), null);
  }

  private String encode(int shard, LogPosition position) {
    int index = shard % REMEMBERED_SHARDS;
    Encoded known = last.get(index);
    if (known != null && shard < REMEMBERED_SHARDS && known.position().equals(position)) {
      return known.token();
    }
    String token = policy.encode(ConsistencyToken.EMPTY.with(shard, position));
    if (shard < REMEMBERED_SHARDS) {
      last.set(index, new Encoded(position, token));
    }
    return token;
  }

  /** An answer that need not include all the session has seen must not make it forget that. */
  private static LogPosition seen(Served<?> served, Consistency consistency) {
    LogPosition before = consistency.token().positions().get(served.shard());
    boolean includesIt =
        consistency.level() == Consistency.Level.SESSION
            || consistency.level() == Consistency.Level.STRONG;
    return before == null || includesIt || !before.isBeyond(served.position())
        ? served.position()
        : before;
  }

  private static String servedBy(Served<?> served) {
    String staleness =
        served.stalenessNanos() == Long.MAX_VALUE
            ? ""
            : ";staleness=" + served.stalenessNanos() / 1_000_000;
    return "\""
        + served.endpoint().name()
        + "\";shard="
        + served.shard()
        + ";role="
        + served.role().label()
        + staleness
        + ";reason="
        + served.reason().label();
  }
}
