package dev.userservice.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the process's ticker injectable. */
final class TickerProducer {

  private TickerProducer() {}

  @Produces
  @Singleton
  static Ticker ticker() {
    return Ticker.system();
  }
}
