package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connections the NetworkPolicies allow. */
final class NetworkPolicyTest {

  private static final JsonNode SERVICE =
      yaml(
          """
          podSelector:
            matchLabels:
              app.kubernetes.io/name: user-service
              app.kubernetes.io/instance: users
              app.kubernetes.io/component: service
          """);
  private static final JsonNode SERVERS =
      yaml(
          """
          podSelector:
            matchLabels: {user-service/release: users}
          """);
  private static final JsonNode OPERATOR =
      yaml(
          """
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: cnpg-system}}
          podSelector: {matchLabels: {app.kubernetes.io/name: cloudnative-pg}}
          """);
  private static final JsonNode PROMETHEUS =
      yaml(
          """
          namespaceSelector: {}
          podSelector: {matchLabels: {app.kubernetes.io/name: prometheus}}
          """);

  private static JsonNode policy(RenderedChart chart, String name) {
    return chart.named("NetworkPolicy", name).path("spec");
  }

  /** The peers that are allowed on a port by any of a policy's rules. */
  private static List<JsonNode> peers(JsonNode policy, String direction, String port) {
    List<JsonNode> peers = new ArrayList<>();
    for (JsonNode rule : policy.path(direction)) {
      if (rule.path("ports").findValuesAsText("port").contains(port)) {
        rule.path(direction.equals("ingress") ? "from" : "to").forEach(peers::add);
      }
    }
    return peers;
  }

  @Test
  void policiesExistUnlessDisabled() {
    assertThat(RenderedChart.byDefault().all("NetworkPolicy"))
        .hasSize(3)
        .allSatisfy(
            policy ->
                assertThat(RenderedChart.texts(policy.at("/spec/policyTypes")))
                    .containsExactly("Ingress", "Egress"));
    assertThat(RenderedChart.with("networkPolicy: {enabled: false}").all("NetworkPolicy"))
        .isEmpty();
  }

  @Test
  void serviceAcceptsItsNamespaceAndTheConfiguredClients() {
    JsonNode policy = policy(RenderedChart.byDefault(), "users-user-service");
    assertThat(policy.path("podSelector")).isEqualTo(SERVICE.path("podSelector"));
    assertThat(peers(policy, "ingress", "http")).containsExactly(yaml("{podSelector: {}}"));
    assertThat(
            peers(policy(RenderedChart.of("everything"), "users-user-service"), "ingress", "http"))
        .contains(
            yaml("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}}"));
  }

  @Test
  void managementPortAcceptsPrometheusAndTheNodes() {
    JsonNode policy = policy(RenderedChart.byDefault(), "users-user-service");
    assertThat(peers(policy, "ingress", "management")).containsExactly(PROMETHEUS);
    JsonNode probed = policy(RenderedChart.of("everything"), "users-user-service");
    assertThat(peers(probed, "ingress", "management"))
        .containsExactly(PROMETHEUS, yaml("{ipBlock: {cidr: 10.0.0.0/16}}"));
  }

  @Test
  void theServiceReachesItsServersNamesAndTheApiServer() {
    JsonNode policy = policy(RenderedChart.byDefault(), "users-user-service");
    assertThat(peers(policy, "egress", "5432")).containsExactly(SERVERS);
    assertThat(peers(policy, "egress", "53"))
        .contains(
            yaml("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}"));
    assertThat(policy.at("/egress/2")).isEqualTo(yaml("{ports: [{port: 443}, {port: 6443}]}"));
    assertThat(policy.path("egress")).hasSize(3);
  }

  @Test
  void serversAcceptTheServiceTheOperatorAndEachOther() {
    JsonNode policy = policy(RenderedChart.byDefault(), "users-user-service-postgresql");
    assertThat(policy.path("podSelector")).isEqualTo(SERVERS.path("podSelector"));
    assertThat(peers(policy, "ingress", "5432")).containsExactly(SERVICE, SERVERS, OPERATOR);
    assertThat(peers(policy, "ingress", "8000")).containsExactly(SERVERS, OPERATOR);
    assertThat(peers(policy, "ingress", "9187")).containsExactly(PROMETHEUS);
    assertThat(peers(policy, "egress", "5432")).containsExactly(SERVERS);
  }

  /** By a label, so that a shard that was removed from the release and kept is still protected. */
  @Test
  void everyServerInheritsTheLabelThatThePoliciesSelect() {
    assertThat(RenderedChart.of("everything").all("Cluster"))
        .isNotEmpty()
        .allSatisfy(
            cluster ->
                assertThat(cluster.at("/spec/inheritedMetadata/labels"))
                    .isEqualTo(SERVERS.at("/podSelector/matchLabels")));
  }

  @Test
  void serversReachTheObjectStoreOnlyWhenThereAreBackups() {
    JsonNode without = policy(RenderedChart.byDefault(), "users-user-service-postgresql");
    assertThat(peers(without, "egress", "9000")).isEmpty();
    JsonNode with = policy(RenderedChart.of("air-gapped"), "users-user-service-postgresql");
    assertThat(peers(with, "egress", "9000"))
        .containsExactly(yaml("{ipBlock: {cidr: 10.0.9.0/24}}"));
    assertThat(peers(with, "egress", "6443"))
        .containsExactly(yaml("{ipBlock: {cidr: 10.0.0.1/32}}"));
  }

  @Test
  void externalServersAreReachedOnThePortsOfTheirEndpoints() {
    RenderedChart chart = RenderedChart.of("external");
    assertThat(chart.all("NetworkPolicy")).hasSize(2);
    JsonNode policy = policy(chart, "users-user-service");
    assertThat(policy.at("/egress/1"))
        .isEqualTo(
            yaml("{to: [{ipBlock: {cidr: 10.20.0.0/16}}], ports: [{port: 5432}, {port: 6432}]}"));
  }

  @Test
  void theTestReachesTheServiceAndNothingElse() {
    JsonNode policy = policy(RenderedChart.byDefault(), "users-user-service-test");
    assertThat(policy.path("ingress").isMissingNode()).isTrue();
    assertThat(policy.path("egress")).hasSize(2);
    assertThat(peers(policy, "egress", "http")).containsExactly(SERVICE);
  }
}
