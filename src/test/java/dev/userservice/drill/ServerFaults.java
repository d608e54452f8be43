package dev.userservice.drill;

import dev.userservice.embedded.EmbeddedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Servers and processes of the service that die or hang, and disks that are slow or full. */
final class ServerFaults {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(6);

  private ServerFaults() {}

  static List<ChaosFault> deathsAndHangs() {
    return List.of(
        new ChaosFault("primary killed", scene -> kill(scene, scene.primary())),
        new ChaosFault("replica killed", scene -> kill(scene, scene.replica())),
        new ChaosFault("both replicas killed", ServerFaults::killReplicas),
        new ChaosFault("primary hangs", scene -> hang(scene, scene.primary())),
        new ChaosFault("replica hangs", scene -> hang(scene, scene.replica())),
        new ChaosFault("primary hangs, then dies", ServerFaults::hangAndDie),
        new ChaosFault("process killed", ServerFaults::killProcess),
        new ChaosFault("process hangs", ServerFaults::hangProcess));
  }

  static List<ChaosFault> ofDisks() {
    return List.of(
        new ChaosFault("primary's disk slow", scene -> slow(scene, scene.primary())),
        new ChaosFault("replica's disk slow", scene -> slow(scene, scene.replica())),
        new ChaosFault("primary's disk full", scene -> full(scene, scene.primary())),
        new ChaosFault("replica's disk full", scene -> full(scene, scene.replica())));
  }

  /** Kills all processes of a server at once, as when a machine fails. */
  static void kill(ChaosScene scene, EmbeddedServer server) {
    scene.cluster().servers().pause(server);
    scene.cluster().servers().kill(server);
  }

  private static void killReplicas(ChaosScene scene) {
    scene.cluster().replicas(scene.shard()).forEach(replica -> kill(scene, replica));
  }

  private static void hang(ChaosScene scene, EmbeddedServer server) {
    scene.cluster().servers().pause(server);
    scene.last(SHORT, LONG);
    scene.cluster().servers().resume(server);
  }

  private static void hangAndDie(ChaosScene scene) {
    EmbeddedServer primary = scene.primary();
    scene.cluster().servers().pause(primary);
    scene.last(SHORT, LONG);
    kill(scene, primary);
  }

  private static void killProcess(ChaosScene scene) throws Exception {
    int struck = scene.random().nextInt(ChaosScene.PROCESSES);
    scene.process(struck).kill();
    scene.restart(struck);
  }

  private static void hangProcess(ChaosScene scene) throws Exception {
    int struck = scene.random().nextInt(ChaosScene.PROCESSES);
    scene.process(struck).pause();
    scene.last(SHORT, LONG);
    scene.process(struck).resume();
  }

  private static void slow(ChaosScene scene, EmbeddedServer server) throws IOException {
    scene.disk(server, "fsync " + (20 + scene.random().nextInt(180)));
    scene.last(SHORT.multipliedBy(2), LONG);
    scene.mend(server);
  }

  /** A server whose log cannot be written ends itself. */
  private static void full(ChaosScene scene, EmbeddedServer server) throws IOException {
    scene.disk(server, "full");
    scene.last(SHORT.multipliedBy(2), LONG);
    scene.mend(server);
  }
}
