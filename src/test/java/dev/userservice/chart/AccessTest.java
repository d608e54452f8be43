package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rights of the service in the Kubernetes API. */
final class AccessTest {

  private static final String EXTERNAL =
      """
      postgresql: {mode: external, runtimeRole: {existingSecret: a}}
      shards: [{endpoints: ["pg:5432"]}]
      """;

  @Test
  void theRoleGrantsItsOwnLeaseEndpointSlicesAndEventsAndNothingElse() {
    assertThat(RenderedChart.byDefault().only("Role").path("rules"))
        .isEqualTo(
            yaml(
                """
                - apiGroups: [discovery.k8s.io]
                  resources: [endpointslices]
                  verbs: [get, list, watch]
                - apiGroups: [coordination.k8s.io]
                  resources: [leases]
                  resourceNames: [users-user-service]
                  verbs: [get, watch, update]
                - apiGroups: [events.k8s.io]
                  resources: [events]
                  verbs: [create]
                """));
  }

  @Test
  void theRoleIsBoundToTheReleasesOwnAccount() {
    RenderedChart chart = RenderedChart.byDefault();
    JsonNode binding = chart.only("RoleBinding");
    assertThat(binding.path("subjects"))
        .isEqualTo(yaml("[{kind: ServiceAccount, name: users-user-service, namespace: people}]"));
    assertThat(binding.at("/roleRef/name").asText()).isEqualTo("users-user-service");
    assertThat(chart.only("Deployment").at("/spec/template/spec/serviceAccountName").asText())
        .isEqualTo("users-user-service");
  }

  @Test
  void onlyTheServicesPodsGetAToken() {
    RenderedChart chart = RenderedChart.byDefault();
    String field = "automountServiceAccountToken";
    assertThat(chart.only("ServiceAccount").path(field).asBoolean(true)).isFalse();
    assertThat(chart.only("Pod").at("/spec/" + field).asBoolean(true)).isFalse();
    assertThat(chart.only("Deployment").at("/spec/template/spec/" + field).asBoolean()).isTrue();
  }

  @Test
  void theLeaseHasNoSpecThatAnUpgradeCouldOverwrite() {
    JsonNode lease = RenderedChart.byDefault().only("Lease");
    assertThat(lease.has("spec")).isFalse();
    assertThat(RenderedChart.nameOf(lease)).isEqualTo("users-user-service");
  }

  @Test
  void quorumLockNeedsNoLease() {
    RenderedChart chart = RenderedChart.with("election: {lock: quorum}");
    assertThat(chart.all("Lease")).isEmpty();
    assertThat(chart.only("Role").path("rules").findValuesAsText("resourceNames")).isEmpty();
    assertThat(chart.only("Role").path("rules")).hasSize(1);
  }

  @Test
  void withoutTheOperatorAndWithoutALeaseThereIsNoTokenAndNoRole() {
    RenderedChart chart = RenderedChart.with(EXTERNAL + "election: {lock: quorum}\n");
    assertThat(chart.all("Role")).isEmpty();
    assertThat(chart.all("RoleBinding")).isEmpty();
    assertThat(
            chart
                .only("Deployment")
                .at("/spec/template/spec/automountServiceAccountToken")
                .asBoolean(true))
        .isFalse();
  }

  @Test
  void existingAccountIsUsedAndRightsMayBeGrantedElsewhere() {
    RenderedChart chart =
        RenderedChart.with("{serviceAccount: {create: false, name: mine}, rbac: {create: false}}");
    for (String kind : List.of("ServiceAccount", "Role", "RoleBinding")) {
      assertThat(chart.all(kind)).isEmpty();
    }
    assertThat(chart.only("Deployment").at("/spec/template/spec/serviceAccountName").asText())
        .isEqualTo("mine");
  }

  @Test
  void accountMayHaveAnnotations() {
    assertThat(
            RenderedChart.of("everything")
                .only("ServiceAccount")
                .at("/metadata/annotations/example.org~1identity")
                .asText())
        .isEqualTo("users");
  }
}
