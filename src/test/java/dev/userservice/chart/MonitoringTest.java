package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.texts;
import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects for Prometheus and Grafana. */
final class MonitoringTest {

  private static final RenderedChart CHART = RenderedChart.of("everything");
  private static final Path RUNBOOKS = Path.of("docs/runbooks");

  static Stream<JsonNode> alerts() {
    return CHART.only("PrometheusRule").at("/spec/groups").findValues("rules").stream()
        .flatMap(
            rules -> {
              List<JsonNode> alerts = new ArrayList<>();
              rules.forEach(alerts::add);
              return alerts.stream();
            });
  }

  @Test
  void theServiceIsScrapedOnItsManagementPort() {
    JsonNode monitor = CHART.only("ServiceMonitor");
    assertThat(monitor.at("/spec/endpoints"))
        .isEqualTo(yaml("[{port: management, path: /q/metrics, interval: 15s}]"));
    assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    JsonNode labels =
        CHART.named("Service", "users-user-service-management").at("/metadata/labels");
    monitor
        .at("/spec/selector/matchLabels")
        .properties()
        .forEach(label -> assertThat(labels.path(label.getKey())).isEqualTo(label.getValue()));
  }

  @Test
  void serversAreScrapedWithTheirShardAsLabel() {
    JsonNode monitor = CHART.only("PodMonitor").path("spec");
    assertThat(texts(monitor.at("/selector/matchExpressions/0/values")))
        .containsExactly("users-shard-0", "users-shard-1");
    assertThat(texts(monitor.path("podTargetLabels"))).containsExactly("cnpg.io/cluster");
    assertThat(monitor.at("/podMetricsEndpoints/0/port").asText()).isEqualTo("metrics");
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertHasARunbook(JsonNode alert) throws IOException {
    String name = alert.path("alert").asText();
    assertThat(alert.at("/annotations/runbook_url").asText())
        .isEqualTo("https://runbooks.example.org/user-service/" + name + ".md");
    assertThat(alert.at("/annotations/summary").asText()).endsWith(".");
    assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
    assertThat(Files.readString(RUNBOOKS.resolve(name + ".md")))
        .startsWith("# " + name + "\n")
        .contains("\n## Meaning\n", "\n## Impact\n", "\n## Diagnosis\n", "\n## Mitigation\n");
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertQueriesOnlyThisRelease(JsonNode alert) {
    assertThat(alert.path("expr").asText())
        .contains("namespace=\"people\"")
        .containsAnyOf(
            "job=\"users-user-service-management\"",
            "deployment=\"users-user-service\"",
            "=~\"users-shard-[0-9]+");
  }

  @Test
  void everyRunbookBelongsToAnAlert() throws IOException {
    try (Stream<Path> pages = Files.list(RUNBOOKS)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .containsExactlyInAnyOrderElementsOf(
              alerts().map(alert -> alert.path("alert").asText()).toList());
    }
  }

  @Test
  void alertsAboutDisabledFeaturesAreLeftOut() {
    RenderedChart chart =
        RenderedChart.with(
            """
            prometheusRule: {enabled: true, runbookBaseUrl: "https://example.org"}
            postgresql: {mode: external, runtimeRole: {existingSecret: a}}
            shards: [{endpoints: ["pg:5432"]}]
            """);
    assertThat(chart.only("PrometheusRule").findValuesAsText("alert"))
        .isNotEmpty()
        .noneMatch(alert -> alert.startsWith("UserServiceShard"));
  }

  @Test
  void dashboardsAreValidJsonWithTheLabelOfGrafanasSidecar() throws IOException {
    for (String name : List.of("service", "postgresql")) {
      JsonNode map = CHART.named("ConfigMap", "users-user-service-dashboard-" + name);
      assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
      JsonNode dashboard = new ObjectMapper().readTree(map.at("/data/" + name + ".json").asText());
      assertThat(dashboard.path("panels")).isNotEmpty();
      assertThat(dashboard.path("panels").findValuesAsText("expr"))
          .allMatch(expression -> expression.contains("namespace=\"$namespace\""));
    }
  }

  @Test
  void noObjectOfPrometheusIsCreatedByDefault() {
    for (String kind : List.of("ServiceMonitor", "PodMonitor", "PrometheusRule", "ConfigMap")) {
      assertThat(RenderedChart.byDefault().all(kind)).isEmpty();
    }
  }
}
