package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import dev.userservice.embedded.EmbeddedServer;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What happens to healthy servers every day is no alarm: single back ends are terminated, and there
 * are checkpoints and vacuums. Takes {@code -Ddrill.seconds}.
 */
@Tag("deep")
final class FalseAlarmIT {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int SESSIONS = 8;

  // A write that loses its connection twice in a row is answered 503: no session loses two.
  private static final int ROUND = 4 * SESSIONS;
  private static final String TERMINATE_ONE =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name LIKE 'user-service%' ORDER BY random() LIMIT 1
      """;

  @Test
  void everydayEventsRaiseNoAlarm() throws Exception {
    long seed = System.nanoTime();
    long end =
        System.nanoTime() + Duration.ofSeconds(Integer.getInteger("drill.seconds", 30)).toNanos();
    System.out.println("false alarm drill: seed " + seed);
    try (DrillCluster cluster = DrillCluster.start("drill-alarm", 1);
        ServiceProcess service = cluster.service();
        UserClient client = new UserClient(service.address("/"), 2 * SESSIONS)) {
      SteadySessions sessions = new SteadySessions(client, new FreshIds(seed), SESSIONS);
      Future<Void> done = client.start(sessions::run);
      Awaitility.await().atMost(BOUND).until(() -> sessions.requests() > 100);
      int events = 0;
      Random random = new Random(seed);
      while (System.nanoTime() < end) {
        happen(cluster, random);
        events++;
        long before = sessions.requests();
        long more = (long) ROUND + random.nextInt(100);
        Awaitility.await().atMost(BOUND).until(() -> sessions.requests() >= before + more);
      }
      sessions.stop();
      EventLoops.await(done, BOUND);
      System.out.printf(
          "false alarm drill: %d events, %d requests, failed: %s%n",
          events, sessions.requests(), sessions.failures());
      assertThat(sessions.failures()).isEmpty();
      assertThat(service.output()).doesNotContain("ERROR");
      Awaitility.await().atMost(BOUND).untilAsserted(() -> assertAllServersAreUsed(service));
    }
  }

  private static void happen(DrillCluster cluster, Random random) throws SQLException {
    List<EmbeddedServer> servers = cluster.servers().servers();
    switch (random.nextInt(10)) {
      case 0 -> execute(cluster, servers.get(random.nextInt(servers.size())), "CHECKPOINT");
      case 1 -> execute(cluster, cluster.primary(0), "VACUUM ANALYZE users");
      default -> execute(cluster, servers.get(random.nextInt(servers.size())), TERMINATE_ONE);
    }
  }

  private static void execute(DrillCluster cluster, EmbeddedServer server, String sql)
      throws SQLException {
    try (Connection connection =
            TestConnections.connect(server.endpoint(), cluster.topology().credentials());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertAllServersAreUsed(ServiceProcess service) {
    String explained =
        given().get(service.address("/routing/explain?id=1&consistency=eventual")).asString();
    assertThat(explained).contains("eligible").doesNotContain("ejected after", "does not answer");
  }
}
