package dev.userservice.embedded;

import static dev.userservice.embedded.Clusters.BOUND;
import static dev.userservice.embedded.Clusters.primary;
import static dev.userservice.embedded.Clusters.query;
import static dev.userservice.embedded.Clusters.streaming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.FileTree;
import dev.userservice.embedded.server.LivingProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an interrupted run leaves behind, and how the next run repairs it. */
final class RecoveryTest {

  @Test
  void serversOfAKilledRunAreStopped() throws IOException, SQLException {
    EmbeddedSettings settings = settings("left-over");
    try (ForeignProcess killed = new ForeignProcess(settings.directory())) {
      assertThat(killed.awaitReady()).isTrue();
    }
    assertThat(living(settings)).isNotEmpty();
    List<Long> before = living(settings);
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings)) {
      assertThat(living(settings)).doesNotContainAnyElementsOf(before);
      assertThat(query(cluster, primary(cluster, 0), "SELECT 1")).containsExactly("1");
    }
    assertThat(living(settings)).isEmpty();
  }

  @Test
  void terminatedProcessStopsItsServers() throws IOException {
    EmbeddedSettings settings = settings("terminated");
    try (ForeignProcess terminated = new ForeignProcess(settings.directory())) {
      assertThat(terminated.awaitReady()).isTrue();
      terminated.terminate();
    }
    assertThat(living(settings)).isEmpty();
  }

  @Test
  void processIdOfAnotherProgramIsNotTakenForAServer() throws IOException {
    EmbeddedSettings settings = settings("stale");
    EmbeddedCluster.start(settings).close();
    Path stale = settings.directory().resolve("shard-0-a").resolve("postmaster.pid");
    Files.writeString(stale, ProcessHandle.current().pid() + "\n");
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings)) {
      assertThat(primary(cluster, 0).name()).isEqualTo("shard-0-a");
    }
  }

  @Test
  void incompleteDirectoriesAreMadeAgain() throws IOException {
    EmbeddedSettings settings = settings("half-made");
    Files.createDirectories(settings.directory().resolve("shard-0-a.partial").resolve("base"));
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings)) {
      awaitStreaming(cluster, "shard-0-b");
    }
  }

  @Test
  void missingReplicaIsBuilt() throws IOException {
    EmbeddedSettings settings = settings("missing");
    EmbeddedCluster.start(settings).close();
    FileTree.delete(settings.directory().resolve("shard-0-b"));
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings)) {
      awaitStreaming(cluster, "shard-0-b");
    }
  }

  @Test
  void interruptedFailoverIsFinished() throws IOException {
    EmbeddedSettings settings = settings("interrupted");
    EmbeddedCluster.start(settings).close();
    new DataDirectory(settings.directory().resolve("shard-0-a")).fence();
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings)) {
      assertThat(primary(cluster, 0).name()).isEqualTo("shard-0-b");
      awaitStreaming(cluster, "shard-0-a");
    }
  }

  @Test
  void fencedServerIsRebuiltAsAReplica() throws IOException {
    EmbeddedSettings settings = settings("fenced");
    EmbeddedCluster.start(settings).close();
    new DataDirectory(settings.directory().resolve("shard-0-b")).fence();
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings)) {
      assertThat(primary(cluster, 0).name()).isEqualTo("shard-0-a");
      awaitStreaming(cluster, "shard-0-b");
      assertThat(new DataDirectory(settings.directory().resolve("shard-0-b")).isFenced()).isFalse();
    }
  }

  private static EmbeddedSettings settings(String name) throws IOException {
    return EmbeddedSettings.in(Clusters.directory("recovery-" + name)).sized(1, 1);
  }

  private static void awaitStreaming(EmbeddedCluster cluster, String replica) {
    await()
        .atMost(BOUND)
        .ignoreExceptions()
        .until(() -> streaming(cluster, 0).equals(List.of(replica)));
  }

  private static List<Long> living(EmbeddedSettings settings) throws IOException {
    List<Long> found = new ArrayList<>();
    for (String server : List.of("shard-0-a", "shard-0-b")) {
      found.addAll(LivingProcesses.in(settings.directory().resolve(server)));
    }
    return found;
  }
}
