package dev.userservice.routing;

import dev.userservice.time.Ticker;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Time as reads need it.
 *
 * @param vertx sets timers
 * @param ticker measures
 * @param primaryWait how long a read that needs the primary waits for one
 * @param sessionWait how long a session's read waits for a replica
 */
record RoutingClock(Vertx vertx, Ticker ticker, Duration primaryWait, Duration sessionWait) {

  long nanos() {
    return ticker.nanos();
  }

  void after(long millis, Runnable action) {
    vertx.setTimer(Math.max(1, millis), fired -> action.run());
  }
}
