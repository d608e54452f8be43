package dev.userservice.drill;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each drill once and short, in every build. */
final class ServerDeathIT {

  private final ServerDeath drill = new ServerDeath(Duration.ofSeconds(12));

  @Test
  void killedPrimaryLosesNoAcknowledgedWrite() throws Exception {
    drill.ofPrimary(Path.of("target/drill-primary"));
  }

  @Test
  void killedReplicaFailsNoRequest() throws Exception {
    drill.ofReplica(Path.of("target/drill-replica"));
  }
}
