package dev.userservice.drill;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Lets time pass for a duration that the drill defines. It is not a wait for a state. */
final class DrillTime {

  private DrillTime() {}

  static void pass(Duration time) {
    Awaitility.await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
  }
}
