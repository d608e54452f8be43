package dev.userservice.kubernetes;

import dev.userservice.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A bearer token in a file, which the kubelet replaces before the token expires. Read again when it
 * was read a minute ago, as client-go does. Thread-safe.
 */
final class TokenFile implements Supplier<String> {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Path file;
  private final Ticker ticker;
  private String token = "";
  private long readAtNanos;

  TokenFile(Path file, Ticker ticker) {
    this.file = file;
    this.ticker = ticker;
  }

  @Override
  public synchronized String get() {
    long now = ticker.nanos();
    if (token.isEmpty() || now - readAtNanos >= KEPT.toNanos()) {
      token = read();
      readAtNanos = now;
    }
    return token;
  }

  private String read() {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
