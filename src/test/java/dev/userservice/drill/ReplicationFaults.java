package dev.userservice.drill;

import dev.userservice.embedded.EmbeddedServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Streams that are cut, commits that are cancelled while they wait, and second primaries. */
final class ReplicationFaults {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final String WAITING = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

  /** The shard that has the address of a server which does not belong to it. */
  private static final int WITH_STRAY = 0;

  private ReplicationFaults() {}

  static List<ChaosFault> all() {
    return List.of(
        new ChaosFault("streams cut", ReplicationFaults::cutForAWhile),
        new ChaosFault("commits cancelled", ReplicationFaults::cancel),
        new ChaosFault("commits cancelled, then the primary dies", ReplicationFaults::cancelAndDie),
        new ChaosFault("false primary on the timeline", ReplicationFaults::falsePrimary),
        new ChaosFault("promotion behind the primary's back", ReplicationFaults::promotion));
  }

  private static void cutForAWhile(ChaosScene scene) throws SQLException {
    cut(scene);
    scene.last(SHORT, LONG);
  }

  private static void cut(ChaosScene scene) throws SQLException {
    for (EmbeddedServer replica : scene.cluster().replicas(scene.shard())) {
      scene.execute(
          replica,
          "ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'",
          "SELECT pg_reload_conf()");
    }
  }

  /** Cancels all commits that wait for replicas, some times. */
  private static void cancel(ChaosScene scene) throws SQLException {
    EmbeddedServer primary = scene.primary();
    cut(scene);
    for (int time = 0; time < 3; time++) {
      Awaitility.await()
          .atMost(ChaosScene.BOUND)
          .until(() -> !scene.query(primary, "SELECT count(*) " + WAITING).equals("0"));
      scene.query(primary, "SELECT count(pg_cancel_backend(pid)) " + WAITING);
      scene.last(Duration.ofMillis(100), SHORT);
    }
  }

  private static void cancelAndDie(ChaosScene scene) throws SQLException {
    EmbeddedServer primary = scene.primary();
    cancel(scene);
    scene.cluster().servers().pause(primary);
    // Else a copy of the next primary would have an address that nobody listens on.
    for (EmbeddedServer replica : scene.cluster().replicas(scene.shard())) {
      scene.followThePrimary(replica);
    }
    scene.cluster().servers().kill(primary);
  }

  private static void falsePrimary(ChaosScene scene) throws Exception {
    scene.choose(WITH_STRAY);
    try (StrayServer stray =
        StrayServer.primaryLike(scene.cluster(), scene.replica(), scene.strayPort())) {
      scene.last(SHORT, LONG);
      stray.query("SELECT pg_is_in_recovery()");
    }
  }

  private static void promotion(ChaosScene scene) throws Exception {
    scene.choose(WITH_STRAY);
    try (StrayServer stray =
        StrayServer.replicaLike(scene.cluster(), scene.replica(), scene.strayPort())) {
      stray.awaitCaughtUp(scene.cluster());
      scene.last(SHORT, LONG);
      stray.promote();
      scene.last(SHORT, LONG);
    }
  }
}
