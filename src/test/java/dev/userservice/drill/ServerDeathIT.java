package dev.userservice.drill;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The drill once each, short, in every build. */
final class ServerDeathIT {

  private final ServerDeath drill = new ServerDeath(Duration.ofSeconds(12));

  @Test
  void aKilledPrimaryLosesNothingAcknowledged() throws Exception {
    drill.ofPrimary(Path.of("target/drill-primary"));
  }

  @Test
  void aKilledReplicaIsNotNoticed() throws Exception {
    drill.ofReplica(Path.of("target/drill-replica"));
  }
}
