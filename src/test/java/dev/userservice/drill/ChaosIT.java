package dev.userservice.drill;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.history.Judgement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Draws from all faults, one after the other, while sessions write and read; then judges their
 * history. Takes {@code -Dchaos.seed} and {@code -Dchaos.minutes}; {@code .ci/chaos} runs it.
 */
@Tag("deep")
final class ChaosIT {

  private static final Duration CALM = Duration.ofSeconds(2);
  private static final Duration BOUND = Duration.ofMinutes(1);

  /** The servers' disks fail only as the preloaded library of .ci/chaos makes them. */
  private static final boolean WITH_DISKS =
      System.getenv().getOrDefault("LD_PRELOAD", "").contains("disk-faults");

  private final long seed = Long.getLong("chaos.seed", System.nanoTime());
  private final Duration length =
      Duration.ofSeconds(
          (long) (60 * Double.parseDouble(System.getProperty("chaos.minutes", "1"))));

  @Test
  void nothingIsLostOrFalseWhateverFails() throws Exception {
    System.out.printf(
        "chaos: seed %d, %d s, %s faults of disks%n",
        seed, length.toSeconds(), WITH_DISKS ? "with" : "without");
    try (ChaosScene scene = new ChaosScene(seed);
        ChaosClients clients = new ChaosClients(scene.addresses())) {
      clients.start(seed);
      try {
        awaitAnswers(clients);
        cause(scene, clients);
      } finally {
        clients.stop();
      }
      clients.settle();
      judge(scene, clients);
    }
  }

  private void cause(ChaosScene scene, ChaosClients clients) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    List<ChaosFault> left = new ArrayList<>();
    while (System.nanoTime() < end) {
      if (left.isEmpty()) {
        left.addAll(faults());
        Collections.shuffle(left, scene.random());
      }
      strike(left.remove(left.size() - 1), scene, clients);
      scene.last(Duration.ZERO, CALM);
    }
  }

  private static void strike(ChaosFault fault, ChaosScene scene, ChaosClients clients)
      throws Exception {
    scene.choose(scene.random().nextInt(ChaosScene.SHARDS));
    long begin = System.nanoTime();
    fault.strike().on(scene);
    long over = System.nanoTime();
    scene.recover();
    List<URI> addresses = scene.addresses();
    for (int process = 0; process < addresses.size(); process++) {
      clients.follow(process, addresses.get(process));
    }
    awaitAnswers(clients);
    System.out.printf(
        "chaos: %s, shard %d: %d ms, recovered after %d ms%n",
        fault.name(),
        scene.shard(),
        Duration.ofNanos(over - begin).toMillis(),
        Duration.ofNanos(System.nanoTime() - over).toMillis());
  }

  /** A hundred calls, and a write of every user that all sessions write. */
  private static void awaitAnswers(ChaosClients clients) {
    long before = clients.acknowledged();
    Map<Long, Long> written =
        clients.shared().stream().collect(toMap(Function.identity(), clients::written));
    Awaitility.await()
        .atMost(BOUND)
        .until(
            () ->
                clients.acknowledged() > before + 100
                    && written.entrySet().stream()
                        .allMatch(user -> clients.written(user.getKey()) > user.getValue()));
  }

  private void judge(ChaosScene scene, ChaosClients clients) throws Exception {
    Path kept = KeptHistory.keep(clients.history(), "chaos", seed);
    long begin = System.nanoTime();
    Judgement judgement = clients.history().judge();
    System.out.printf(
        "chaos: %s, %d users: %s, judged in %d ms; the history is %s%n",
        clients.outcomes(),
        clients.users().size(),
        judgement,
        Duration.ofNanos(System.nanoTime() - begin).toMillis(),
        kept);
    assertThat(judgement.violations()).as("seed %d", seed).isEmpty();
    assertThat(clients.unexpected()).as("seed %d", seed).isEmpty();
    assertSameOnAllServers(scene);
  }

  /** All servers of a shard have the same users, in the same state. */
  private static void assertSameOnAllServers(ChaosScene scene) {
    String digest =
        "SELECT count(*) || ' ' || coalesce(md5(string_agg(users::text, ',' ORDER BY id)), '')"
            + " FROM users";
    for (int shard = 0; shard < ChaosScene.SHARDS; shard++) {
      EmbeddedServer primary = scene.cluster().primary(shard);
      for (EmbeddedServer replica : scene.cluster().replicas(shard)) {
        Awaitility.await()
            .atMost(BOUND)
            .until(() -> scene.query(replica, digest).equals(scene.query(primary, digest)));
      }
    }
  }

  private static List<ChaosFault> faults() {
    return Stream.of(
            ServerFaults.deathsAndHangs(),
            ReplicationFaults.all(),
            ConnectionFaults.all(),
            WITH_DISKS ? ServerFaults.ofDisks() : List.<ChaosFault>of())
        .flatMap(List::stream)
        .toList();
  }
}
