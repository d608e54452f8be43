package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import org.junit.jupiter.api.Test;

/** The parts of a release that Helm handles: test, notes, additional objects, hooks. */
final class ReleaseTest {

  private static String notes(String... values) {
    var install =
        new Helm(RenderedChart.CHART)
            .install()
            .withName("users")
            .withNamespace("people")
            .withKubeVersion("1.34.0")
            .clientOnly()
            .dryRun()
            .withDryRunOption(DryRun.CLIENT);
    for (int i = 0; i < values.length; i += 2) {
      install.set(values[i], values[i + 1]);
    }
    String output = install.call().getOutput();
    return output.substring(output.indexOf("NOTES:"));
  }

  @Test
  void theTestRunsTheServicesOwnImage() {
    RenderedChart chart = RenderedChart.byDefault();
    JsonNode pod = chart.only("Pod");
    assertThat(pod.at("/metadata/annotations/" + RenderedChart.HOOK).asText()).isEqualTo("test");
    JsonNode container = pod.at("/spec/containers/0");
    assertThat(texts(container.path("args")))
        .containsExactly("check", "http://users-user-service:80");
    assertThat(container.path("image"))
        .isEqualTo(chart.only("Deployment").at("/spec/template/spec/containers/0/image"));
  }

  @Test
  void onlyTheTestIsAHook() {
    assertThat(RenderedChart.of("everything").objects())
        .filteredOn(object -> object.at("/metadata/annotations").has(RenderedChart.HOOK))
        .extracting(object -> object.path("kind").asText())
        .containsExactly("Pod");
  }

  @Test
  void notesContainTheNextCommands() {
    assertThat(notes())
        .contains("user-service 0.1.0 with 2 shards (cloudnative-pg).")
        .contains(
            "cluster.postgresql.cnpg.io/users-shard-0 cluster.postgresql.cnpg.io/users-shard-1")
        .contains("kubectl -n people rollout status deployment/users-user-service")
        .contains("helm -n people test users")
        .contains("There are no backups")
        .contains("`helm uninstall` keeps the data, but not its NetworkPolicies");
  }

  @Test
  void notesLeaveOutWhatDoesNotApply() {
    assertThat(
            notes(
                "shards[0].endpoints[0]", "pg:5432",
                "postgresql.mode", "external",
                "postgresql.runtimeRole.existingSecret", "a"))
        .contains("with 1 shard (external).")
        .doesNotContain("cluster.postgresql.cnpg.io")
        .doesNotContain("backups");
  }

  @Test
  void extraObjectsAreRenderedAsTheyAreOrAsTemplates() {
    RenderedChart chart = RenderedChart.of("everything");
    assertThat(chart.named("ConfigMap", "more-settings").path("data")).hasSize(1);
    assertThat(chart.named("ConfigMap", "users-more")).isNotNull();
  }

  @Test
  void namesCanBeChosen() {
    RenderedChart chart = RenderedChart.with("fullnameOverride: people");
    assertThat(RenderedChart.nameOf(chart.only("Deployment"))).isEqualTo("people");
    assertThat(RenderedChart.nameOf(chart.only("Lease"))).isEqualTo("people");
    assertThat(chart.only("Role").at("/rules/1/resourceNames/0").asText()).isEqualTo("people");
  }

  @Test
  void nameTooLongForAClusterIsRefused() {
    var template =
        new Helm(RenderedChart.CHART)
            .template()
            .withName("n".repeat(43))
            .withNamespace("people")
            .withKubeVersion("1.34.0");
    assertThatThrownBy(template::call)
        .hasMessageContaining("is longer than 50 characters: choose a shorter release name.");
  }

  @Test
  void labelsAndAnnotationsReachEveryObject() {
    assertThat(RenderedChart.of("everything").objects())
        .filteredOn(object -> !RenderedChart.nameOf(object).contains("more"))
        .allSatisfy(
            object -> {
              assertThat(object.at("/metadata/labels/team").asText()).isEqualTo("identity");
              assertThat(object.at("/metadata/annotations/example.org~1owner").asText())
                  .isEqualTo("identity");
            });
  }
}
