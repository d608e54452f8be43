package dev.userservice.drill;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * Each drill ten times on the same cluster, so that failovers accumulate. One run takes a minute,
 * or {@code drill.seconds}.
 */
@Tag("deep")
final class RepeatedServerDeathIT {

  private final ServerDeath drill =
      new ServerDeath(Duration.ofSeconds(Integer.getInteger("drill.seconds", 60)));

  @RepeatedTest(10)
  void killedPrimaryLosesNoAcknowledgedWrite() throws Exception {
    drill.ofPrimary(Path.of("target/drill-repeated"));
  }

  @RepeatedTest(10)
  void killedReplicaFailsNoRequest() throws Exception {
    drill.ofReplica(Path.of("target/drill-repeated"));
  }
}
