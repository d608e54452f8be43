package dev.userservice.sharding.map;

import org.jspecify.annotations.Nullable;

/** The configured shards and what their databases say do not fit; the service must not start. */
public final class ShardMapException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ShardMapException(String sentence) {
    this(sentence, null);
  }

  ShardMapException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
