package dev.userservice.time;

/**
 * A source of elapsed time in nanoseconds, with an arbitrary origin: only differences mean
 * anything. Implementations are thread-safe and never run backwards.
 */
@FunctionalInterface
public interface Ticker {

  /** The current reading in nanoseconds. */
  long nanos();

  /** The ticker of this Java process, {@link System#nanoTime()}. */
  static Ticker system() {
    return System::nanoTime;
  }
}
