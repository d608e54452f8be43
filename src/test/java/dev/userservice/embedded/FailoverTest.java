package dev.userservice.embedded;

import static dev.userservice.embedded.Clusters.BOUND;
import static dev.userservice.embedded.Clusters.primary;
import static dev.userservice.embedded.Clusters.query;
import static dev.userservice.embedded.Clusters.replicas;
import static dev.userservice.embedded.Clusters.streaming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Servers that die during writes. */
final class FailoverTest {

  private static final Logger LOG = Logger.getLogger(FailoverTest.class);

  @Test
  void killedPrimaryIsReplacedAndNothingAcknowledgedIsLost() throws Exception {
    try (EmbeddedCluster cluster = start("primary", 2)) {
      awaitStreaming(cluster, 2);
      EmbeddedServer killed = primary(cluster, 0);
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (writes) {
        awaitMore(writes, 200);
        cluster.kill(killed);
        await().atMost(BOUND).until(() -> !primary(cluster, 0).equals(killed));
        awaitMore(writes, 200);
        awaitStreaming(cluster, 2);
      }
      LOG.infof("longest time without a write: %d ms", writes.longestGapMillis());
      assertThat(primary(cluster, 0).name()).isNotEqualTo(killed.name());
      assertNothingLost(cluster, writes);
      assertThat(writes.longestGapMillis()).isLessThan(5_000);
      assertThat(cluster.servers())
          .extracting(EmbeddedServer::endpoint)
          .contains(killed.endpoint());
    }
  }

  @Test
  void everyServerMayDieOnce() throws Exception {
    try (EmbeddedCluster cluster = start("turns", 2)) {
      awaitStreaming(cluster, 2);
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (writes) {
        for (int turn = 0; turn < 3; turn++) {
          awaitMore(writes, 50);
          cluster.kill(primary(cluster, 0));
          awaitMore(writes, 50);
          awaitStreaming(cluster, 2);
        }
      }
      LOG.infof("longest time without a write: %d ms", writes.longestGapMillis());
      assertNothingLost(cluster, writes);
    }
  }

  @Test
  void primaryAndReplicaMayDieTogether() throws Exception {
    try (EmbeddedCluster cluster = start("both", 2)) {
      awaitStreaming(cluster, 2);
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (writes) {
        awaitMore(writes, 50);
        cluster.kill(replicas(cluster, 0).get(0));
        cluster.kill(primary(cluster, 0));
        awaitMore(writes, 50);
        awaitStreaming(cluster, 2);
      }
      assertNothingLost(cluster, writes);
    }
  }

  @Test
  void deadReplicaReturnsDuringWrites() throws Exception {
    try (EmbeddedCluster cluster = start("replica", 2)) {
      awaitStreaming(cluster, 2);
      EmbeddedServer killed = replicas(cluster, 0).get(0);
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (writes) {
        cluster.kill(killed);
        awaitMore(writes, 100);
        awaitStreaming(cluster, 2);
      }
      assertThat(streaming(cluster, 0)).contains(killed.name());
      assertNothingLost(cluster, writes);
    }
  }

  @Test
  void pausedReplicaDoesNotStopWrites() throws Exception {
    try (EmbeddedCluster cluster = start("paused", 2)) {
      awaitStreaming(cluster, 2);
      EmbeddedServer paused = replicas(cluster, 0).get(0);
      try (AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0)) {
        cluster.pause(paused);
        awaitMore(writes, 200);
        cluster.resume(paused);
      }
      awaitStreaming(cluster, 2);
    }
  }

  @Test
  void primaryWhoseReplicaHangsIsRestartedInPlace() throws Exception {
    try (EmbeddedCluster cluster = start("hanging", 2)) {
      awaitStreaming(cluster, 2);
      EmbeddedServer before = primary(cluster, 0);
      EmbeddedServer hanging = replicas(cluster, 0).get(0);
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (writes) {
        awaitMore(writes, 50);
        cluster.pause(hanging);
        cluster.kill(before);
        awaitMore(writes, 50);
        cluster.resume(hanging);
        awaitStreaming(cluster, 2);
      }
      assertThat(primary(cluster, 0).name()).isEqualTo(before.name());
      assertNothingLost(cluster, writes);
    }
  }

  @Test
  void primaryWithoutReplicasIsRestartedInPlace() throws Exception {
    try (EmbeddedCluster cluster = start("alone", 0)) {
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (writes) {
        awaitMore(writes, 50);
        cluster.kill(primary(cluster, 0));
        awaitMore(writes, 50);
      }
      assertNothingLost(cluster, writes);
    }
  }

  private static EmbeddedCluster start(String name, int replicas) throws IOException {
    return EmbeddedCluster.start(
        EmbeddedSettings.in(Clusters.directory("failover-" + name)).sized(1, replicas));
  }

  private static void awaitMore(AcknowledgedWrites writes, int count) {
    int before = writes.acknowledged().size();
    await().atMost(BOUND).until(() -> writes.acknowledged().size() >= before + count);
  }

  private static void awaitStreaming(EmbeddedCluster cluster, int count) {
    await().atMost(BOUND).ignoreExceptions().until(() -> streaming(cluster, 0).size() == count);
  }

  // The server may be starting: back ends answer for a moment after their postmaster has died.
  private static void assertNothingLost(EmbeddedCluster cluster, AcknowledgedWrites writes)
      throws SQLException {
    await()
        .atMost(BOUND)
        .ignoreExceptions()
        .until(() -> !query(cluster, primary(cluster, 0), "SELECT 1").isEmpty());
    assertThat(query(cluster, primary(cluster, 0), "SELECT id FROM written"))
        .containsAll(writes.acknowledged().stream().map(String::valueOf).toList());
  }
}
