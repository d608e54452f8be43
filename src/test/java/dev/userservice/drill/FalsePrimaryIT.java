package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.embedded.server.Ports;
import dev.userservice.topology.Topology;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A second primary beside the shard's own: a copy of a replica that was started without {@code
 * standby.signal}, and a replica that somebody promotes while the primary is healthy. The service
 * stays with the primary that the replicas follow, and says so.
 */
@Tag("deep")
final class FalsePrimaryIT {

  private static final Duration BOUND = Duration.ofSeconds(40);
  private static final int SESSIONS = 8;

  static List<Long> seeds() {
    return DrillSeeds.two();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCopyOnTheSameTimelineIsNotUsed(long seed) throws Exception {
    besideSessions(
        seed,
        (drill, sessions) ->
            drill.opened(StrayServer.primaryLike(drill.cluster, drill.anyReplica(), drill.port)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aPromotionBehindThePrimarysBackIsNotFollowed(long seed) throws Exception {
    besideSessions(
        seed,
        (drill, sessions) -> {
          StrayServer stray =
              drill.opened(StrayServer.replicaLike(drill.cluster, drill.anyReplica(), drill.port));
          stray.awaitCaughtUp(drill.cluster);
          drill.letSessionsGoOn(sessions);
          stray.promote();
          return stray;
        });
  }

  /** A second primary comes and goes while sessions write and read: none of them notices. */
  private static void besideSessions(long seed, Contradiction contradiction) throws Exception {
    try (Drill drill = new Drill(seed)) {
      ServiceProcess service = drill.service();
      drill.underLoad(
          service,
          sessions -> {
            StrayServer stray = contradiction.begin(drill, sessions);
            awaitPrimaries(service, 2);
            drill.letSessionsGoOn(sessions);
            stray.close();
            awaitPrimaries(service, 1);
          });
      assertNothingCameTo(drill, service);
    }
  }

  /**
   * All servers but a false primary hang while the service starts, so it believes that one. When
   * the others are back, it follows the primary that replicas follow, whose log is shorter; what
   * sessions saw on the false one is lost, and everything else works as if it had never been.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsKnownFollowsThePrimaryDownwards(long seed) throws Exception {
    try (Drill drill = new Drill(seed)) {
      drill.service().close();
      StrayServer stray =
          drill.opened(StrayServer.primaryLike(drill.cluster, drill.anyReplica(), drill.port));
      List<EmbeddedServer> servers = drill.cluster.servers().servers();
      servers.forEach(drill.cluster.servers()::pause);
      ServiceProcess service = drill.service();
      String token = "";
      for (int write = 0; write < 50 + drill.random.nextInt(50); write++) {
        Response written = put(service, drill.user + write, "false");
        assertThat(written.statusCode()).isEqualTo(201);
        token = written.header("Consistency-Token");
      }
      servers.forEach(drill.cluster.servers()::resume);
      drill.cluster.awaitStreaming(0);
      if (drill.random.nextBoolean()) {
        stray.close();
      }
      Awaitility.await()
          .atMost(BOUND)
          .until(
              () ->
                  request(service)
                          .header("Consistency", "strong")
                          .get("/users/{id}", drill.user)
                          .statusCode()
                      == 404);
      stray.close();
      Response lost =
          request(service).header("Consistency-Token", token).get("/users/{id}", drill.user);
      assertThat(lost.statusCode()).as(lost.asString()).isEqualTo(409);
      Awaitility.await()
          .atMost(BOUND)
          .until(() -> put(service, drill.user, "true").statusCode() == 201);
      String own = put(service, drill.user, "true").header("Consistency-Token");
      assertThat(
              request(service)
                  .header("Consistency-Token", own)
                  .get("/users/{id}", drill.user)
                  .statusCode())
          .isEqualTo(200);
      assertThat(service.output()).contains(" is lost");
      Awaitility.await()
          .atMost(BOUND)
          .until(
              () ->
                  request(service)
                      .header("Consistency", "bounded=500")
                      .get("/users/{id}", drill.user)
                      .header("Served-By")
                      .contains("replica"));
    }
  }

  /** Waits until so many servers are primaries in the readiness answer. */
  private static void awaitPrimaries(ServiceProcess service, int expected) {
    Awaitility.await()
        .atMost(BOUND)
        .until(() -> service.health().split("\"PRIMARY\"", -1).length - 1 == expected);
  }

  private static void assertNothingCameTo(Drill drill, ServiceProcess service) {
    String output = service.output();
    assertThat(output).contains(drill.cluster.primary(0).endpoint() + " is used");
    assertThat(output).doesNotContain(drill.cluster.primary(0).endpoint() + " is UNKNOWN");
  }

  private static Response put(ServiceProcess service, long user, String name) {
    return request(service).body("{\"name\":\"" + name + "\"}").put("/users/{id}", user);
  }

  private static RequestSpecification request(ServiceProcess service) {
    return given().baseUri(service.address("/").toString()).contentType("application/json");
  }

  /** Makes a server a second primary. */
  private interface Contradiction {
    StrayServer begin(Drill drill, SteadySessions sessions) throws Exception;
  }

  /** What happens while sessions write and read. */
  private interface Events {
    void happen(SteadySessions sessions) throws Exception;
  }

  /** A cluster, and services that know one more server than it has, first or last in their list. */
  private static final class Drill implements AutoCloseable {

    private final long seed;
    private final Random random;
    private final DrillCluster cluster;
    private final int port;
    private final long user;
    private final List<Runnable> opened = new ArrayList<>();

    Drill(long seed) throws Exception {
      System.out.println("false primary drill: seed " + seed);
      this.seed = seed;
      this.random = new Random(seed);
      this.user = new FreshIds(System.nanoTime()).next();
      this.cluster = DrillCluster.start("drill-false-primary", 1);
      opened.add(cluster::close);
      cluster.service().close();
      port = Ports.choose(0, 1).get(0);
    }

    /** Closes the server at the end, if nobody did before. */
    StrayServer opened(StrayServer stray) {
      opened.add(stray::close);
      return stray;
    }

    EmbeddedServer anyReplica() {
      return cluster.replicas(0).get(random.nextInt(2));
    }

    ServiceProcess service() throws Exception {
      List<Endpoint> endpoints = new ArrayList<>(cluster.topology().shards().get(0));
      endpoints.add(random.nextInt(4) == 0 ? 3 : 0, new Endpoint("127.0.0.1", port));
      Topology topology = new Topology(List.of(endpoints), cluster.topology().credentials());
      ServiceProcess service = cluster.service(topology, "service-" + seed + "-" + opened.size());
      opened.add(service::close);
      return service;
    }

    void underLoad(ServiceProcess service, Events events) throws Exception {
      try (UserClient client = new UserClient(service.address("/"), 2 * SESSIONS)) {
        SteadySessions sessions =
            new SteadySessions(client, new FreshIds(System.nanoTime()), SESSIONS);
        Future<Void> end = client.start(sessions::run);
        try {
          letSessionsGoOn(sessions);
          events.happen(sessions);
          letSessionsGoOn(sessions);
        } finally {
          sessions.stop();
          EventLoops.await(end, BOUND);
        }
        assertThat(sessions.failures()).isEmpty();
      }
    }

    void letSessionsGoOn(SteadySessions sessions) {
      long before = sessions.requests();
      Awaitility.await().atMost(BOUND).until(() -> sessions.requests() > before + 300);
    }

    @Override
    public void close() {
      for (int last = opened.size() - 1; last >= 0; last--) {
        opened.get(last).run();
      }
    }
  }
}
