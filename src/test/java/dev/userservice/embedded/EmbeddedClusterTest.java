package dev.userservice.embedded;

import static dev.userservice.embedded.Clusters.primary;
import static dev.userservice.embedded.Clusters.query;
import static dev.userservice.embedded.Clusters.replicas;
import static dev.userservice.embedded.Clusters.streaming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.LivingProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** A healthy cluster, from start to stop. */
final class EmbeddedClusterTest {

  private static final Logger LOG = Logger.getLogger(EmbeddedClusterTest.class);

  @Test
  void bothReplicasStreamAndQuorumCommitIsOn() throws IOException, SQLException {
    try (EmbeddedCluster cluster = start(EmbeddedSettings.in(Clusters.emptyDirectory("healthy")))) {
      for (int shard = 0; shard < 2; shard++) {
        int number = shard;
        assertThat(replicas(cluster, shard)).hasSize(2);
        await().atMost(Clusters.BOUND).until(() -> streaming(cluster, number).size() == 2);
        assertThat(query(cluster, primary(cluster, shard), "SHOW synchronous_standby_names"))
            .singleElement()
            .asString()
            .startsWith("ANY 1 (");
      }
    }
  }

  @Test
  void dataSurvivesRestart() throws IOException, SQLException {
    EmbeddedSettings settings = EmbeddedSettings.in(Clusters.directory("restart")).sized(2, 1);
    try (EmbeddedCluster cluster = start(settings)) {
      Clusters.execute(cluster, primary(cluster, 1), "CREATE TABLE kept AS SELECT 7 AS n");
    }
    try (EmbeddedCluster cluster = start(settings)) {
      assertThat(query(cluster, primary(cluster, 1), "SELECT n FROM kept")).containsExactly("7");
      assertThat(primary(cluster, 1).name()).isEqualTo("shard-1-a");
    }
  }

  @Test
  void nothingIsLeftRunningAfterClose() throws IOException {
    EmbeddedSettings settings = EmbeddedSettings.in(Clusters.directory("close")).sized(1, 1);
    EmbeddedCluster cluster = start(settings);
    long begin = System.nanoTime();
    cluster.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    for (EmbeddedServer server : cluster.servers()) {
      assertThat(server.pid()).isEmpty();
      assertThat(LivingProcesses.in(server.dataDirectory())).isEmpty();
    }
  }

  @Test
  void eachShardIsAClusterOfItsOwn() throws IOException, SQLException {
    EmbeddedSettings settings = EmbeddedSettings.in(Clusters.directory("identity")).sized(2, 0);
    try (EmbeddedCluster cluster = start(settings)) {
      String identity = "SELECT system_identifier FROM pg_control_system()";
      assertThat(query(cluster, primary(cluster, 0), identity))
          .isNotEqualTo(query(cluster, primary(cluster, 1), identity));
    }
  }

  @Test
  void secretsAreReadableByTheOwnerOnly() throws IOException {
    Path directory = Clusters.directory("secrets");
    try (EmbeddedCluster cluster = start(EmbeddedSettings.in(directory).sized(1, 0))) {
      for (String file : new String[] {"password", "pgpass"}) {
        assertThat(Files.getPosixFilePermissions(directory.resolve(file))).hasSize(2);
      }
      assertThat(Files.readString(directory.resolve("pgpass")))
          .startsWith(primary(cluster, 0).endpoint() + ":*:users:");
    }
  }

  @Test
  void settingsOfTheUserOverrideOurs() throws IOException, SQLException {
    EmbeddedSettings settings =
        new EmbeddedSettings(
            1,
            0,
            Clusters.directory("settings"),
            0,
            Map.of("work_mem", "5MB", "shared_buffers", "16MB"),
            Duration.ofSeconds(30));
    try (EmbeddedCluster cluster = start(settings)) {
      assertThat(query(cluster, primary(cluster, 0), "SHOW work_mem")).containsExactly("5MB");
      assertThat(query(cluster, primary(cluster, 0), "SHOW shared_buffers"))
          .containsExactly("16MB");
    }
  }

  @Test
  void serverThatCannotStartIsNamedWithItsReason() throws IOException {
    EmbeddedSettings settings =
        new EmbeddedSettings(
            1,
            0,
            Clusters.directory("wrong"),
            0,
            Map.of("max_connections", "many"),
            Duration.ofSeconds(30));
    assertThatExceptionOfType(EmbeddedClusterException.class)
        .isThrownBy(() -> EmbeddedCluster.start(settings))
        .withMessageContaining("shard-0-a")
        .withMessageContaining("max_connections")
        .withMessageNotContaining("\n");
  }

  private static EmbeddedCluster start(EmbeddedSettings settings) {
    long begin = System.nanoTime();
    EmbeddedCluster cluster = EmbeddedCluster.start(settings);
    LOG.infof("started in %d ms", (System.nanoTime() - begin) / 1_000_000);
    return cluster;
  }
}
