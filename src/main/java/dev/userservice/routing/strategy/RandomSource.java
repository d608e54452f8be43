package dev.userservice.routing.strategy;

import java.util.concurrent.ThreadLocalRandom;

/** Where a strategy takes its dice from, so that a simulation can be repeated from its seed. */
@FunctionalInterface
public interface RandomSource {

  /** 64 random bits. */
  long nextBits();

  /** A number from 0, included, to 1, excluded. */
  default double nextFraction() {
    return (nextBits() >>> 11) * 0x1.0p-53;
  }

  /** The source for production: each thread has its own generator, so that none waits. */
  static RandomSource perThread() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
