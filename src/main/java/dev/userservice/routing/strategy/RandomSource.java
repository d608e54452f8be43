package dev.userservice.routing.strategy;

import java.util.concurrent.ThreadLocalRandom;

/** The random numbers of a strategy. A simulation passes a seeded source, to be repeatable. */
@FunctionalInterface
public interface RandomSource {

  /** 64 random bits. */
  long nextBits();

  /** A number from 0, included, to 1, excluded. */
  default double nextFraction() {
    return (nextBits() >>> 11) * 0x1.0p-53;
  }

  /** The source for production. Each thread has its own generator, so that no thread waits. */
  static RandomSource perThread() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
