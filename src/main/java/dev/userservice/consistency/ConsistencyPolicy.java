package dev.userservice.consistency;

import dev.userservice.consistency.Consistency.Level;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.wal.LogPosition;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request headers that ask for a level and carry a session's token, and makes the token
 * of the answer. Thread-safe.
 */
@Singleton
public final class ConsistencyPolicy {

  /** The request header that names a level. */
  public static final String LEVEL_HEADER = "Consistency";

  /** The header that carries the session's token, in requests and in answers. */
  public static final String TOKEN_HEADER = "Consistency-Token";

  private static final String BOUNDED = "bounded=";
  private static final long LONGEST_BOUND_MILLIS = TimeUnit.HOURS.toMillis(1);

  private record NewSession(LogPosition shown, String token) {}

  private final ConsistencyConfig config;
  private final Consistency byDefault;
  // By shard: reads without a session get the same token until the shard is written to.
  private final Map<Integer, NewSession> newSessions = new ConcurrentHashMap<>();
  private volatile @Nullable TokenCodec codec;
  private volatile PresentPositions present = (shard, seen) -> seen;

  public ConsistencyPolicy(ConsistencyConfig config) {
    this.config = config;
    try {
      byDefault = parse(config.defaultLevel(), ConsistencyToken.EMPTY);
    } catch (ProblemException unknown) {
      throw new IllegalArgumentException(
          "users.consistency.default-level is none of strong, session, bounded=<ms>, eventual: "
              + config.defaultLevel(),
          unknown);
    }
  }

  /**
   * Sets the key that this cluster's tokens are tagged with, and who knows what failovers did to
   * positions. Called once, while the service starts.
   */
  public void open(byte[] key, PresentPositions positions) {
    present = positions;
    codec = new TokenCodec(key);
  }

  /** How long a session's read waits for a replica before it goes to the primary. */
  public Duration sessionWait() {
    return config.sessionWait();
  }

  /**
   * What a request with these two headers asks for.
   *
   * @throws ProblemException if the level is unknown or the token is not one of this cluster
   */
  public Consistency of(@Nullable String level, @Nullable String token) {
    if (level == null && token == null) {
      return byDefault;
    }
    ConsistencyToken seen = token == null ? ConsistencyToken.EMPTY : codec().decode(token);
    return parse(level == null ? config.defaultLevel() : level.strip(), seen);
  }

  /** The session's token after an answer that shows one shard up to a position. */
  public String tokenAfterRead(Consistency asked, int shard, LogPosition shown) {
    return asked.token().isEmpty()
        ? tokenOfNewSession(shard, shown)
        : codec().encode(asked.seenAfter(shard, shown, present));
  }

  /** The session's token after an answer that shows several shards up to these positions. */
  public String tokenAfterRead(Consistency asked, Map<Integer, LogPosition> shown) {
    return codec().encode(asked.seenAfter(shown, present));
  }

  /** The session's token after a write that the log includes at these positions of shards. */
  public String tokenAfterWrite(Consistency asked, Map<Integer, LogPosition> committed) {
    return codec().encode(asked.seenAfterWrite(committed, present));
  }

  private String tokenOfNewSession(int shard, LogPosition shown) {
    NewSession known = newSessions.get(shard);
    if (known != null && known.shown().equals(shown)) {
      return known.token();
    }
    String token = codec().encode(ConsistencyToken.EMPTY.with(shard, shown));
    newSessions.put(shard, new NewSession(shown, token));
    return token;
  }

  private static Consistency parse(String level, ConsistencyToken token) {
    return switch (level) {
      case "strong" -> new Consistency(Level.STRONG, 0, token);
      case "session" -> new Consistency(Level.SESSION, 0, token);
      case "eventual" -> new Consistency(Level.EVENTUAL, 0, token);
      default -> new Consistency(Level.BOUNDED, boundNanos(level), token);
    };
  }

  private static long boundNanos(String level) {
    try {
      if (level.startsWith(BOUNDED)) {
        long millis = Long.parseLong(level.substring(BOUNDED.length()));
        if (millis >= 0 && millis <= LONGEST_BOUND_MILLIS) {
          return TimeUnit.MILLISECONDS.toNanos(millis);
        }
      }
    } catch (NumberFormatException notANumber) {
      // answered below, like an unknown level
    }
    throw new ProblemException(
        ProblemType.MALFORMED_REQUEST,
        "Consistency is one of strong, session, eventual and bounded=<milliseconds up to %d>."
            .formatted(LONGEST_BOUND_MILLIS));
  }

  private TokenCodec codec() {
    TokenCodec current = codec;
    if (current == null) {
      throw new IllegalStateException("the token key has not been read yet");
    }
    return current;
  }
}
