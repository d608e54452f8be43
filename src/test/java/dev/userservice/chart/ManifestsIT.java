package dev.userservice.chart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests that packaging writes for use without Helm, compared with those of the chart. */
final class ManifestsIT {

  private static final RenderedChart CHART = RenderedChart.with("fullnameOverride: user-service");

  private static List<JsonNode> manifests;

  @BeforeAll
  static void read() throws Exception {
    manifests =
        RenderedChart.YAML
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(Path.of("target/kubernetes/kubernetes.yml").toFile())
            .readAll();
  }

  private static JsonNode only(String kind) {
    List<JsonNode> found =
        manifests.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  private static JsonNode pod(JsonNode deployment) {
    return deployment.at("/spec/template/spec");
  }

  private static JsonNode container(JsonNode deployment) {
    assertThat(pod(deployment).path("containers")).hasSize(1);
    assertThat(pod(deployment).has("initContainers")).isFalse();
    return pod(deployment).at("/containers/0");
  }

  private static Map<String, Integer> ports(JsonNode container) {
    Map<String, Integer> ports = new TreeMap<>();
    container
        .path("ports")
        .forEach(each -> ports.put(each.path("name").asText(), each.path("containerPort").asInt()));
    return ports;
  }

  private static List<Object> probe(JsonNode container, String name) {
    JsonNode probe = container.path(name);
    JsonNode port = probe.at("/httpGet/port");
    return List.of(
        probe.at("/httpGet/path").asText(),
        port.isInt() ? port.asInt() : requireNonNull(ports(container).get(port.asText())),
        probe.path("initialDelaySeconds").asInt(0),
        probe.path("periodSeconds").asInt(10),
        probe.path("timeoutSeconds").asInt(1),
        probe.path("failureThreshold").asInt(3));
  }

  private static Set<String> labels(JsonNode labels) {
    Set<String> names = new HashSet<>();
    labels.fieldNames().forEachRemaining(names::add);
    names.remove("helm.sh/chart");
    return names;
  }

  private static Set<JsonNode> rules(JsonNode role) {
    Set<JsonNode> rules = new HashSet<>();
    role.path("rules").forEach(rules::add);
    return rules;
  }

  @Test
  void thereIsNoObjectThatTheChartDoesNotHave() {
    assertThat(manifests)
        .extracting(each -> each.path("kind").asText())
        .containsExactlyInAnyOrder(
            "ServiceAccount", "Role", "RoleBinding", "Service", "Deployment", "Lease")
        .allSatisfy(kind -> assertThat(CHART.all(kind)).isNotEmpty());
  }

  @Test
  void portsAreTheSame() {
    assertThat(ports(container(only("Deployment"))))
        .isEqualTo(ports(container(CHART.only("Deployment"))));
    JsonNode port = only("Service").at("/spec/ports/0");
    JsonNode charts = CHART.named("Service", "user-service").at("/spec/ports/0");
    assertThat(port.path("port")).isEqualTo(charts.path("port"));
    assertThat(port.path("targetPort").asInt())
        .isEqualTo(
            ports(container(CHART.only("Deployment"))).get(charts.path("targetPort").asText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"startupProbe", "livenessProbe", "readinessProbe"})
  void probesAreTheSame(String name) {
    assertThat(probe(container(only("Deployment")), name))
        .isEqualTo(probe(container(CHART.only("Deployment")), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Deployment", "ServiceAccount", "Role", "RoleBinding"})
  void labelsAreTheSame(String kind) {
    JsonNode labels = only(kind).at("/metadata/labels");
    JsonNode charts = CHART.only(kind).at("/metadata/labels");
    for (String name : List.of("name", "component", "part-of")) {
      String label = "app.kubernetes.io/" + name;
      assertThat(labels.path(label)).as(label).isEqualTo(charts.path(label));
    }
  }

  @Test
  void podsHaveTheSameLabelsAndAreSelectedByLabelsThatNoUpdateChanges() {
    JsonNode spec = only("Deployment").path("spec");
    JsonNode pods = spec.at("/template/metadata/labels");
    assertThat(labels(pods))
        .isEqualTo(labels(CHART.only("Deployment").at("/spec/template/metadata/labels")));
    for (JsonNode selector :
        List.of(spec.at("/selector/matchLabels"), only("Service").at("/spec/selector"))) {
      assertThat(selector).isNotEmpty();
      assertThat(selector.has("app.kubernetes.io/version")).isFalse();
      selector
          .properties()
          .forEach(label -> assertThat(pods.path(label.getKey())).isEqualTo(label.getValue()));
    }
  }

  @Test
  void rightsAreTheSame() {
    assertThat(rules(only("Role"))).isEqualTo(rules(CHART.only("Role")));
    assertThat(only("RoleBinding").at("/roleRef/name"))
        .isEqualTo(only("Role").at("/metadata/name"));
    assertThat(only("RoleBinding").at("/subjects/0/name"))
        .isEqualTo(only("ServiceAccount").at("/metadata/name"))
        .isEqualTo(pod(only("Deployment")).path("serviceAccountName"));
    assertThat(only("Lease").at("/metadata/name").asText())
        .isEqualTo(RenderedChart.nameOf(CHART.only("Lease")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spec/replicas",
        "/spec/progressDeadlineSeconds",
        "/spec/strategy",
        "/spec/template/spec/automountServiceAccountToken",
        "/spec/template/spec/enableServiceLinks",
        "/spec/template/spec/securityContext",
        "/spec/template/spec/terminationGracePeriodSeconds",
        "/spec/template/spec/volumes",
        "/spec/template/spec/containers/0/imagePullPolicy",
        "/spec/template/spec/containers/0/resources",
        "/spec/template/spec/containers/0/securityContext",
        "/spec/template/spec/containers/0/volumeMounts"
      })
  void podsRunTheSameWay(String field) {
    JsonNode charts = CHART.only("Deployment").at(field);
    assertThat(charts.isMissingNode()).isFalse();
    assertThat(only("Deployment").at(field)).isEqualTo(charts);
  }

  @Test
  void podsServeOnForTheSameTime() {
    String name = "QUARKUS_SHUTDOWN_DELAY";
    JsonNode variables = container(only("Deployment")).path("env");
    assertThat(variables)
        .filteredOn(variable -> variable.path("name").asText().equals(name))
        .singleElement()
        .extracting(variable -> variable.path("value").asText())
        .isEqualTo(Environment.of(CHART).value(name));
  }

  @Test
  void theOnlyImageIsTheServices() {
    assertThat(only("Deployment").findValuesAsText("image"))
        .singleElement()
        .asString()
        .contains("/user-service:");
  }
}
