package dev.userservice.consistency;

import dev.userservice.consistency.Consistency.Level;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads what callers ask for, and writes the tokens they are given. Thread-safe. */
@Singleton
public final class ConsistencyPolicy {

  /** The request header that names a level, and the one that carries the token both ways. */
  public static final String LEVEL_HEADER = "Consistency";

  /** Carries the session's token, in requests and in answers. */
  public static final String TOKEN_HEADER = "Consistency-Token";

  private static final String BOUNDED = "bounded=";
  private static final long LONGEST_BOUND_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final ConsistencyConfig config;
  private final Consistency byDefault;
  private volatile @Nullable TokenCodec codec;

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

  /** Sets the key that this cluster's tokens are tagged with. Called once, while it starts. */
  public void key(byte[] key) {
    codec = new TokenCodec(key);
  }

  /** How long a session's read waits for a replica. */
  public Duration sessionWait() {
    return config.sessionWait();
  }

  /** What a request with these two headers asks for. */
  public Consistency of(@Nullable String level, @Nullable String token) {
    if (level == null && token == null) {
      return byDefault;
    }
    ConsistencyToken seen = token == null ? ConsistencyToken.EMPTY : codec().decode(token);
    return parse(level == null ? config.defaultLevel() : level.strip(), seen);
  }

  /** The token as text. */
  public String encode(ConsistencyToken token) {
    return codec().encode(token);
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
      // answered below, like a level that there is not
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
