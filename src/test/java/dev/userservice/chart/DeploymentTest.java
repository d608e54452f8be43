package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's pods. */
final class DeploymentTest {

  private static JsonNode pod(String values) {
    return RenderedChart.with(values).only("Deployment").at("/spec/template/spec");
  }

  private static JsonNode container(String values) {
    return pod(values).at("/containers/0");
  }

  @Test
  void anUpdateNeverHasFewerPodsThanBefore() {
    JsonNode spec = RenderedChart.byDefault().only("Deployment").path("spec");
    assertThat(spec.path("replicas").asInt()).isEqualTo(3);
    assertThat(spec.at("/strategy/rollingUpdate"))
        .isEqualTo(yaml("{maxUnavailable: 0, maxSurge: 1}"));
  }

  @Test
  void stoppingPodServesUntilItIsRemovedFromTheService() {
    assertThat(Environment.of(RenderedChart.byDefault()).value("QUARKUS_SHUTDOWN_DELAY"))
        .isEqualTo("5s");
    assertThat(pod("{}").path("terminationGracePeriodSeconds").asInt()).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({"startupProbe,started", "livenessProbe,live", "readinessProbe,ready"})
  void probesAskTheManagementPort(String probe, String path) {
    JsonNode container = container("{}");
    assertThat(container.at("/" + probe + "/httpGet"))
        .isEqualTo(yaml("{path: /q/health/" + path + ", port: management}"));
    assertThat(container.path("ports"))
        .isEqualTo(
            yaml("[{name: http, containerPort: 8080}, {name: management, containerPort: 9000}]"));
  }

  @Test
  void settingsAreVariablesInCapitals() {
    Environment environment =
        Environment.of(
            RenderedChart.with(
                """
                settings:
                  users.routing.slow-start: 20s
                  users.routing.hedging.enabled: true
                  users.datasource.pipelining: 1000000
                  users.routing.retry.probability: 0.0078125
                """));
    assertThat(environment.value("USERS_ROUTING_SLOW_START")).isEqualTo("20s");
    assertThat(environment.value("USERS_ROUTING_HEDGING_ENABLED")).isEqualTo("true");
    assertThat(environment.value("USERS_DATASOURCE_PIPELINING")).isEqualTo("1000000");
    assertThat(environment.value("USERS_ROUTING_RETRY_PROBABILITY")).isEqualTo("0.0078125");
  }

  @Test
  void leaderIsElectedByTheChartsLease() {
    Environment environment = Environment.of(RenderedChart.byDefault());
    assertThat(environment.value("USERS_ELECTION_LOCK")).isEqualTo("kubernetes");
    assertThat(environment.value("USERS_ELECTION_KUBERNETES_LEASE"))
        .isEqualTo("users-user-service");
    assertThat(environment.value("USERS_ELECTION_LEASE_DURATION")).isEqualTo("15s");
    assertThat(environment.value("USERS_ELECTION_RENEW_DEADLINE")).isEqualTo("10s");
    assertThat(environment.value("USERS_ELECTION_RETRY_PERIOD")).isEqualTo("2s");
  }

  @Test
  void variablesOfOtherServicesAreNotReadAsSettings() {
    assertThat(pod("{}").path("enableServiceLinks").asBoolean(true)).isFalse();
  }

  @Test
  void podsSpreadOverZonesAndNodes() {
    assertThat(pod("{}").path("topologySpreadConstraints").findValuesAsText("topologyKey"))
        .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
  }

  @Test
  void onlyTheTemporaryVolumeIsWritable() {
    assertThat(pod("{}").path("volumes"))
        .isEqualTo(yaml("[{name: temporary, emptyDir: {sizeLimit: 64Mi}}]"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{repository: r}',r:0.1.0",
    "'{registry: mirror, repository: r, tag: \"2\"}',mirror/r:2",
    "'{registry: mirror/, repository: a/r}',mirror/a/r:0.1.0"
  })
  void imageNameConsistsOfItsParts(String image, String name) {
    assertThat(container("image: " + image).path("image").asText()).isEqualTo(name);
  }

  @Test
  void aDigestPinsTheImageForTheTestToo() {
    String digest = "sha256:" + "a".repeat(64);
    RenderedChart chart = RenderedChart.with("image: {digest: \"" + digest + "\"}");
    assertThat(chart.only("Deployment").at("/spec/template/spec/containers/0/image").asText())
        .isEqualTo("user-service:0.1.0@" + digest)
        .isEqualTo(chart.only("Pod").at("/spec/containers/0/image").asText());
  }

  @Test
  void weightsAreInAFileThatChangesWithoutRestart() {
    RenderedChart chart = RenderedChart.of("everything");
    assertThat(chart.named("ConfigMap", "users-user-service-weights").at("/data/weights").asText())
        .isEqualTo("users-shard-0-1 = 1\nusers-shard-0-2 = 2\nusers-shard-0-3 = 0.5\n");
    assertThat(Environment.of(chart).value("USERS_ROUTING_WEIGHTS_FILE"))
        .isEqualTo("/etc/user-service/weights/weights");
    JsonNode template = chart.only("Deployment").at("/spec/template");
    assertThat(template.at("/metadata/annotations")).isEqualTo(yaml("{example.org/logs: json}"));
    assertThat(template.at("/spec/containers/0/volumeMounts").findValues("subPath")).isEmpty();
  }

  @Test
  void weightsOfExternalServersGoByTheirEndpoints() {
    assertThat(RenderedChart.of("external").only("ConfigMap").at("/data/weights").asText())
        .isEqualTo("pg-0-a.example.org:5432 = 2\npg-0-b.example.org:5432 = 1\n");
  }

  @Test
  void everythingOfAPodCanBeExtended() {
    JsonNode pod = RenderedChart.of("everything").only("Deployment").at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    assertThat(container.path("env").findValuesAsText("name")).contains("JAVA_TOOL_OPTIONS");
    assertThat(container.at("/envFrom/0/configMapRef/name").asText()).isEqualTo("more-settings");
    assertThat(container.path("volumeMounts").findValuesAsText("mountPath")).contains("/etc/more");
    assertThat(pod.path("volumes").findValuesAsText("name")).contains("more");
    assertThat(pod.at("/nodeSelector/example.org~1pool").asText()).isEqualTo("services");
    assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("services");
    assertThat(pod.at("/affinity/podAntiAffinity").isMissingNode()).isFalse();
    assertThat(pod.path("topologySpreadConstraints")).hasSize(1);
    assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("registry");
    assertThat(pod.path("priorityClassName").asText()).isEqualTo("system-cluster-critical");
  }
}
