package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The number of pods, and how many may be unavailable at a time. */
final class ScalingTest {

  @Test
  void drainEvictsOnePodAtATime() {
    JsonNode budget = RenderedChart.byDefault().only("PodDisruptionBudget").path("spec");
    assertThat(budget.path("maxUnavailable").asInt()).isEqualTo(1);
    assertThat(budget.path("unhealthyPodEvictionPolicy").asText()).isEqualTo("AlwaysAllow");
    assertThat(budget.path("selector"))
        .isEqualTo(RenderedChart.byDefault().only("Deployment").at("/spec/selector"));
  }

  @Test
  void budgetMayBeAPercentage() {
    assertThat(
            RenderedChart.with("podDisruptionBudget: {maxUnavailable: 25%}")
                .only("PodDisruptionBudget")
                .at("/spec/maxUnavailable")
                .asText())
        .isEqualTo("25%");
  }

  @Test
  void autoscalerSetsTheNumberOfPodsAndTheDeploymentDoesNot() {
    RenderedChart chart = RenderedChart.of("everything");
    assertThat(chart.only("Deployment").at("/spec/replicas").isMissingNode()).isTrue();
    assertThat(chart.only("HorizontalPodAutoscaler").path("spec"))
        .isEqualTo(
            yaml(
                """
                scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: users-user-service}
                minReplicas: 3
                maxReplicas: 12
                metrics:
                  - type: Resource
                    resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
                behavior: {scaleDown: {stabilizationWindowSeconds: 300}}
                """));
    assertThat(RenderedChart.byDefault().all("HorizontalPodAutoscaler")).isEmpty();
  }
}
