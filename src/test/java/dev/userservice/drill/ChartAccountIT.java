package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the service with the account, rights, settings and roles of the chart. The service leads,
 * finds its servers, and follows the number of shards. Every other request with the account's token
 * is refused. Needs what {@code .ci/kubernetes} provides.
 */
@Tag("deep")
final class ChartAccountIT {

  private static final int USERS = 50;
  private static final long FIRST = 1_000;

  @Test
  void chartAccountPermitsWhatTheServiceNeedsAndNothingElse() throws Exception {
    try (ReleasedChart chart = ReleasedChart.start("drill-account", 3, 2)) {
      try (ServiceProcess service = chart.launch("two-shards")) {
        service.awaitReady();
        itTakesTheLease(chart, service);
        itSeesItsEndpoints(chart, service);
        everythingElseIsRefused(chart);
        createUsers(service);
      }
      aShardThatIsAddedJoinsEmptyAndIsReported(chart);
      aShardThatHoldsSlotsCannotBeLeftOut(chart);
    }
  }

  private static void itTakesTheLease(ReleasedChart chart, ServiceProcess service) {
    Awaitility.await().atMost(LeaderFaults.BOUND).until(service::leads);
    KubernetesClient client = chart.plane().client();
    assertThat(
            client
                .leases()
                .inNamespace(ChartRelease.NAMESPACE)
                .withName(ChartRelease.NAME)
                .require()
                .getSpec()
                .getHolderIdentity())
        .isNotEmpty();
  }

  private static void itSeesItsEndpoints(ReleasedChart chart, ServiceProcess service)
      throws Exception {
    String replica = PodAddresses.pod(1, 2);
    Awaitility.await()
        .atMost(LeaderFaults.BOUND)
        .until(
            () ->
                names(service, 0, PodAddresses.pod(0, 1), "PRIMARY")
                    && names(service, 0, PodAddresses.pod(0, 2), "REPLICA")
                    && names(service, 1, PodAddresses.pod(1, 1), "PRIMARY")
                    && names(service, 1, replica, "REPLICA"));
    chart.tellPods(1, 1);
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> !service.health().contains(replica));
    chart.tellPods(1, 2);
    Awaitility.await()
        .atMost(LeaderFaults.BOUND)
        .until(() -> names(service, 1, replica, "REPLICA"));
  }

  private static void everythingElseIsRefused(ReleasedChart chart) throws Exception {
    try (KubernetesClient account = chart.account()) {
      TriedVerbs verbs = new TriedVerbs(chart.plane().client(), account, ChartRelease.NAME);
      assertThat(verbs.granted())
          .containsExactlyInAnyOrder(
              "get leases.coordination.k8s.io: shop/users-user-service",
              "watch leases.coordination.k8s.io: shop/users-user-service",
              "update leases.coordination.k8s.io: shop/users-user-service",
              "get endpointslices.discovery.k8s.io: shop/users-user-service",
              "get endpointslices.discovery.k8s.io: shop/another",
              "list endpointslices.discovery.k8s.io: shop",
              "list endpointslices.discovery.k8s.io: shop/users-user-service",
              "watch endpointslices.discovery.k8s.io: shop",
              "watch endpointslices.discovery.k8s.io: shop/users-user-service",
              "create events.events.k8s.io: shop",
              // What every account may request: its own identity and rights.
              "create selfsubjectreviews.authentication.k8s.io: cluster",
              "create selfsubjectaccessreviews.authorization.k8s.io: cluster",
              "create selfsubjectrulesreviews.authorization.k8s.io: cluster");
      System.out.println("account drill: tried " + verbs.extent());
      for (String path : new String[] {"/metrics", "/logs/", "/debug/pprof/", "/configz"}) {
        assertThat(verbs.status("GET", path)).as(path).isEqualTo(403);
      }
      String own = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";
      assertThat(verbs.status("GET", own)).isEqualTo(200);
      assertThat(verbs.status("GET", own, "Impersonate-User", "administrator")).isEqualTo(403);
    }
  }

  private static void aShardThatIsAddedJoinsEmptyAndIsReported(ReleasedChart chart)
      throws Exception {
    try (ServiceProcess service = chart.launchWithShards(3, "three-shards")) {
      service.awaitReady();
      assertThat(service.output())
          .contains("Shard 2 is new and joins empty: it holds none of the 4096 slots");
      assertThat(service.metric("users_sharding_slots", "shard=\"2\"")).isZero();
      assertThat(service.metric("users_sharding_slots")).isEqualTo(4096);
      assertThat(names(service, 2, PodAddresses.pod(2, 1), "PRIMARY")).isTrue();
      createUsers(service);
      assertThat(users(chart, 2)).isZero();
      assertThat(users(chart, 0) + users(chart, 1)).isEqualTo(USERS);
    }
  }

  private static void aShardThatHoldsSlotsCannotBeLeftOut(ReleasedChart chart) throws Exception {
    long before = users(chart, 1);
    assertThat(before).isPositive();
    try (ServiceProcess service = chart.launchWithShards(1, "one-shard")) {
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(service.output().lines().filter(line -> line.contains("cannot start")))
          .singleElement()
          .asString()
          .contains("shard 1 holds slots");
    }
    assertThat(users(chart, 1)).isEqualTo(before);
    try (ServiceProcess service = chart.launchWithShards(2, "two-shards-again")) {
      service.awaitReady();
    }
  }

  private static void createUsers(ServiceProcess service) {
    for (long id = FIRST; id < FIRST + USERS; id++) {
      RestAssured.given()
          .contentType("application/json")
          .body("{\"name\":\"charted\"}")
          .post(service.address("/user/" + id))
          .then()
          .statusCode(200);
    }
  }

  private static boolean names(ServiceProcess service, int shard, String pod, String role)
      throws Exception {
    return service
        .health()
        .lines()
        .anyMatch(
            line ->
                line.contains("shard-%d/%s".formatted(shard, pod))
                    && line.contains("\"" + role + "\""));
  }

  private static long users(ReleasedChart chart, int shard) throws Exception {
    try (Connection connection =
            TestConnections.connect(
                chart.cluster().primary(shard).endpoint(), chart.administrator());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM users")) {
      row.next();
      return row.getLong(1);
    }
  }
}
