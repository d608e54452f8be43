package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.texts;
import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The PostgreSQL Clusters for the operator, and their images. */
final class ClusterTest {

  private static JsonNode spec(RenderedChart chart, int shard) {
    return chart.named("Cluster", "users-shard-" + shard).path("spec");
  }

  private static JsonNode firstSpec(String values) {
    return spec(RenderedChart.with(values), 0);
  }

  @Test
  void anAcknowledgedWriteSurvivesTheLossOfAnyOneServer() {
    JsonNode spec = firstSpec("{}");
    assertThat(spec.path("instances").asInt()).isEqualTo(3);
    assertThat(spec.at("/postgresql/synchronous"))
        .isEqualTo(
            yaml("{method: any, number: 1, dataDurability: required, failoverQuorum: true}"));
  }

  @Test
  void serversOfAShardShareNoNodeAndSpreadOverTheZones() {
    JsonNode spec = firstSpec("{}");
    assertThat(spec.path("affinity"))
        .isEqualTo(
            yaml(
                "{enablePodAntiAffinity: true, topologyKey: kubernetes.io/hostname,"
                    + " podAntiAffinityType: required}"));
    assertThat(spec.path("topologySpreadConstraints"))
        .isEqualTo(
            yaml(
                """
                - maxSkew: 1
                  topologyKey: topology.kubernetes.io/zone
                  whenUnsatisfiable: DoNotSchedule
                  labelSelector:
                    matchLabels: {cnpg.io/cluster: users-shard-0, cnpg.io/podRole: instance}
                """));
  }

  @Test
  void zonesMayBePreferredOnly() {
    JsonNode spec = firstSpec("postgresql: {cluster: {spread: {zones: preferred}}}");
    assertThat(spec.at("/topologySpreadConstraints/0/whenUnsatisfiable").asText())
        .isEqualTo("ScheduleAnyway");
  }

  @Test
  void primaryStopsSoonAndIsReplacedBySwitchover() {
    JsonNode spec = firstSpec("{}");
    assertThat(spec.path("primaryUpdateMethod").asText()).isEqualTo("switchover");
    assertThat(spec.path("stopDelay").asInt()).isEqualTo(60);
    assertThat(spec.path("smartShutdownTimeout").asInt()).isEqualTo(5);
    assertThat(spec.path("switchoverDelay").asInt()).isEqualTo(60);
    assertThat(spec.at("/probes/liveness/isolationCheck/enabled").asBoolean()).isTrue();
    assertThat(spec.at("/replicationSlots/highAvailability/enabled").asBoolean()).isTrue();
  }

  @Test
  void thereIsNoSuperuserAndTheRunTimeRoleMayOnlyUseRows() {
    JsonNode spec = firstSpec("{}");
    assertThat(spec.path("enableSuperuserAccess").asBoolean(true)).isFalse();
    JsonNode role = spec.at("/managed/roles/0");
    assertThat(role.path("name").asText()).isEqualTo("users");
    assertThat(texts(role.path("inRoles"))).containsExactly("pg_read_all_stats");
    assertThat(role.has("superuser") || role.has("createdb") || role.has("createrole")).isFalse();
    assertThat(spec.at("/bootstrap/initdb/owner").asText()).isEqualTo("users_migrator");
    assertThat(texts(spec.at("/bootstrap/initdb/postInitApplicationSQL")))
        .contains(
            "ALTER DEFAULT PRIVILEGES FOR ROLE \"users_migrator\""
                + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO \"users\"")
        .noneMatch(statement -> statement.contains("ALL PRIVILEGES"))
        .contains("REVOKE ALL ON DATABASE \"users\" FROM PUBLIC");
  }

  @Test
  void rolesSignInWithPasswordsOfTheReleasesSecrets() {
    JsonNode spec = firstSpec("{}");
    assertThat(spec.at("/managed/roles/0/passwordSecret/name").asText())
        .isEqualTo("users-user-service-runtime");
    assertThat(spec.at("/bootstrap/initdb/secret/name").asText())
        .isEqualTo("users-user-service-migrator");
  }

  @Test
  void rolesSignInWithCertificatesInstead() {
    JsonNode spec = spec(RenderedChart.of("everything"), 0);
    assertThat(texts(spec.at("/postgresql/pg_hba")))
        .containsExactly(
            "hostssl users users all cert",
            "hostssl users users_migrator all cert",
            "host all users,users_migrator all reject");
    assertThat(spec.at("/managed/roles/0/disablePassword").asBoolean()).isTrue();
    assertThat(spec.at("/bootstrap/recovery/secret").isMissingNode()).isTrue();
    assertThat(spec.path("certificates"))
        .isEqualTo(
            yaml(
                """
                clientCASecret: client-authority
                replicationTLSSecret: replication-certificate
                serverCASecret: server-authority
                serverTLSSecret: server-certificate
                """));
  }

  @Test
  void aShardMayDifferFromTheOthers() {
    JsonNode spec = spec(RenderedChart.of("everything"), 1);
    assertThat(spec.path("instances").asInt()).isEqualTo(5);
    assertThat(spec.path("storage")).isEqualTo(yaml("{size: 100Gi, storageClass: fast}"));
    assertThat(spec.path("walStorage")).isEqualTo(yaml("{size: 20Gi}"));
    assertThat(spec.at("/resources/requests/memory").asText()).isEqualTo("16Gi");
    JsonNode expression =
        spec.at(
            "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                + "/nodeSelectorTerms/0/matchExpressions/0");
    assertThat(texts(expression.path("values"))).containsExactly("zone-a", "zone-b", "zone-c");
  }

  @Test
  void anyFieldOfTheSpecCanBeSetForAllShardsAndThenForOne() {
    RenderedChart chart = RenderedChart.of("everything");
    assertThat(spec(chart, 0).path("description").asText()).isEqualTo("users");
    assertThat(spec(chart, 0).at("/postgresql/synchronous"))
        .isEqualTo(
            yaml(
                "{method: any, number: 1, dataDurability: required, failoverQuorum: true,"
                    + " maxStandbyNamesFromCluster: 2}"));
    assertThat(spec(chart, 0).has("logLevel")).isFalse();
    assertThat(spec(chart, 1).path("logLevel").asText()).isEqualTo("debug");
    assertThat(spec(chart, 1).at("/postgresql/parameters"))
        .isEqualTo(
            yaml(
                "{max_connections: \"300\", shared_buffers: 4GB,"
                    + " wal_retrieve_retry_interval: 500ms}"));
  }

  @Test
  void dataIsKeptAfterTheReleaseUnlessConfiguredOtherwise() {
    String policy = "/metadata/annotations/helm.sh~1resource-policy";
    RenderedChart kept = RenderedChart.byDefault();
    for (String kind : new String[] {"Cluster", "ImageCatalog", "Secret"}) {
      assertThat(kept.all(kind))
          .isNotEmpty()
          .allSatisfy(object -> assertThat(object.at(policy).asText()).isEqualTo("keep"));
    }
    RenderedChart gone = RenderedChart.with("postgresql: {cluster: {keep: false}}");
    assertThat(gone.objects()).allMatch(object -> object.at(policy).isMissingNode());
  }

  @Test
  void theImageComesFromACatalogAndMayBePinned() {
    String digest = "sha256:" + "0".repeat(64);
    RenderedChart chart =
        RenderedChart.with(
            """
            postgresql:
              cluster:
                imageCatalog:
                  images:
                    - {major: 18, image: "postgresql:18", digest: "%s"}
            """
                .formatted(digest));
    assertThat(chart.only("ImageCatalog").at("/spec/images"))
        .isEqualTo(yaml("[{major: 18, image: \"postgresql:18@" + digest + "\"}]"));
    assertThat(spec(chart, 0).path("imageCatalogRef"))
        .isEqualTo(
            yaml(
                """
                apiGroup: postgresql.cnpg.io
                kind: ImageCatalog
                name: users-user-service-postgresql
                major: 18
                """));
  }

  @Test
  void existingCatalogIsUsedInstead() {
    RenderedChart chart =
        RenderedChart.with(
            "postgresql: {cluster: {imageCatalog: {kind: ClusterImageCatalog, name: shared}}}");
    assertThat(chart.all("ImageCatalog")).isEmpty();
    assertThat(spec(chart, 0).at("/imageCatalogRef/name").asText()).isEqualTo("shared");
  }
}
