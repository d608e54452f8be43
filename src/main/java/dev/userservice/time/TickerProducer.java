package dev.userservice.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the process's ticker injectable. */
final class TickerProducer {

  TickerProducer() {}

  @Produces
  @Singleton
  static Ticker ticker() {
    return Ticker.system();
  }
}
