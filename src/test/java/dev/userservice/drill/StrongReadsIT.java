package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.history.Violation;
import dev.userservice.history.Violation.Promise;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Strong reads and writes are linearizable while primaries die and hang and a replica lags;
 * eventual reads are not.
 */
final class StrongReadsIT {

  private static final int CONNECTIONS = 8;
  private static final int ROUNDS_TO_BE_CAUGHT = 15;
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration BOUND = Duration.ofSeconds(90);

  @Test
  void strongReadsAreLinearizableWhenThePrimaryDies() throws Exception {
    run(Duration.ofSeconds(2), StrongReadsIT::kill);
  }

  @Test
  @Tag("deep")
  void strongReadsAreLinearizableWhenPrimariesDieAndHang() throws Exception {
    run(
        Duration.ofSeconds(15),
        StrongReadsIT::kill,
        StrongReadsIT::hangForAWhile,
        StrongReadsIT::hangAndDie);
  }

  private static void run(Duration calm, Strike... strikes) throws Exception {
    long seed = System.nanoTime();
    System.out.println("strong drill: seed " + seed);
    FreshIds ids = new FreshIds(seed);
    try (DrillCluster cluster = DrillCluster.start("drill-strong", 1);
        ServiceProcess service = cluster.service("-Dusers.datasource.write-deadline=3s");
        UserClient client = new UserClient(service.address("/"), CONNECTIONS);
        LaggingReplica lagging = LaggingReplica.delayed(cluster, 0, seed)) {
      lagging.start();
      assertThat(eventualReadsAreCaught(client, ids, seed)).isTrue();
      RegisterClients strong = new RegisterClients(client, ids, "strong");
      load(strong, client, seed, () -> strike(cluster, strong, calm, strikes));
      check(strong, seed);
    }
  }

  /** Shows that the check can fail: eventual reads from a lagging replica are not linearizable. */
  private static boolean eventualReadsAreCaught(UserClient client, FreshIds ids, long seed)
      throws Exception {
    for (int round = 0; round < ROUNDS_TO_BE_CAUGHT; round++) {
      RegisterClients eventual = new RegisterClients(client, ids, "eventual");
      load(eventual, client, seed + round, () -> DrillTime.pass(SHORT));
      if (eventual.history().violations().stream()
          .anyMatch(each -> each.promise() == Promise.LINEARIZABLE)) {
        return true;
      }
    }
    return false;
  }

  private static void load(RegisterClients clients, UserClient client, long seed, Course course)
      throws Exception {
    client.run(clients::prepare, BOUND);
    Future<Void> end = client.start(() -> clients.run(seed));
    course.run();
    clients.stop();
    EventLoops.await(end, BOUND);
  }

  private static void strike(
      DrillCluster cluster, RegisterClients clients, Duration calm, Strike... strikes)
      throws SQLException {
    for (Strike strike : strikes) {
      DrillTime.pass(calm);
      strike.on(cluster);
      awaitWrites(clients);
    }
    DrillTime.pass(calm);
  }

  private static void check(RegisterClients clients, long seed) throws Exception {
    long begin = System.nanoTime();
    List<Violation> violations = clients.history().violations();
    System.out.printf(
        "strong drill: %s, checked in %d ms%n",
        clients, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    KeptHistory.assertKept(clients.history(), violations, "strong", seed);
    assertThat(clients.history().events().size()).isGreaterThan(100);
  }

  private static void kill(DrillCluster cluster) throws SQLException {
    cluster.replacePrimary(0);
  }

  /** Longer than the write deadline: a write that hangs is applied later, or not at all. */
  private static void hangForAWhile(DrillCluster cluster) {
    EmbeddedServer hanging = cluster.primary(0);
    cluster.servers().pause(hanging);
    DrillTime.pass(Duration.ofSeconds(6));
    cluster.servers().resume(hanging);
    cluster.awaitStreaming(0);
  }

  private static void hangAndDie(DrillCluster cluster) throws SQLException {
    EmbeddedServer hanging = cluster.primary(0);
    cluster.servers().pause(hanging);
    DrillTime.pass(Duration.ofSeconds(6));
    kill(cluster);
  }

  private static void awaitWrites(RegisterClients clients) {
    long before = clients.successfulWrites();
    Awaitility.await().atMost(BOUND).until(() -> clients.successfulWrites() > before + 100);
  }

  private interface Strike {
    void on(DrillCluster cluster) throws SQLException;
  }

  private interface Course {
    void run() throws Exception;
  }
}
