package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {

  @Test
  void anAnswerMustShowWhatWasAcknowledgedBefore() {
    try (UserClient client = new UserClient(URI.create("http://127.0.0.1:9"), 1)) {
      Heartbeat heartbeat = new Heartbeat(client, 1);
      assertThat(heartbeat.acknowledgedBefore(100)).isZero();
      for (long beat = 1; beat <= 3_000; beat++) {
        heartbeat.acknowledged(beat * 10);
      }
      assertThat(heartbeat.acknowledgedBefore(10)).isZero();
      assertThat(heartbeat.acknowledgedBefore(11)).isEqualTo(1);
      assertThat(heartbeat.acknowledgedBefore(20)).isEqualTo(1);
      assertThat(heartbeat.acknowledgedBefore(100_000)).isEqualTo(3_000);
      assertThat(heartbeat.ageOf(1, 25)).isEqualTo(5);
      assertThat(heartbeat.ageOf(2, 25)).isZero();
      assertThat(heartbeat.ageOf(3_000, 100_000)).isZero();
    }
  }
}
