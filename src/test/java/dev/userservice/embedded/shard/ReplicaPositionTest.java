package dev.userservice.embedded.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which replica is the most advanced. */
final class ReplicaPositionTest {

  @Test
  void onOneTimelineTheLongerLogIsAhead() {
    assertThat(new ReplicaPosition(3, 0x2_0000_0001L))
        .isGreaterThan(new ReplicaPosition(3, 0x2_0000_0000L));
  }

  @Test
  void aLaterTimelineIsAheadOfALongerLog() {
    ReplicaPosition left = new ReplicaPosition(2, 900);
    ReplicaPosition promoted = new ReplicaPosition(3, 100);
    assertThat(List.of(left, promoted).stream().max(ReplicaPosition::compareTo)).contains(promoted);
  }
}
