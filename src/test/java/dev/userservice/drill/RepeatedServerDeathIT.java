package dev.userservice.drill;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * The drill ten times each, on a cluster that keeps its history of failovers: a minute long, or
 * {@code drill.seconds}.
 */
@Tag("deep")
final class RepeatedServerDeathIT {

  private final ServerDeath drill =
      new ServerDeath(Duration.ofSeconds(Integer.getInteger("drill.seconds", 60)));

  @RepeatedTest(10)
  void aKilledPrimaryLosesNothingAcknowledged() throws Exception {
    drill.ofPrimary(Path.of("target/drill-repeated"));
  }

  @RepeatedTest(10)
  void aKilledReplicaIsNotNoticed() throws Exception {
    drill.ofReplica(Path.of("target/drill-repeated"));
  }
}
