package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.nameOf;
import static dev.userservice.chart.RenderedChart.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of the chart with any values, and of each file in {@code ci/}. */
final class CiValuesTest {

  static Stream<String> names() {
    return RenderedChart.names();
  }

  @Test
  void chartPassesStrictLint() {
    LintResult result = new Helm(RenderedChart.CHART).lint().strict().call();
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @Test
  void thereIsAFileForEachCommonCase() {
    assertThat(names())
        .contains("minimal", "twelve-shards", "external", "everything", "air-gapped", "laptop");
  }

  @Test
  void everyTemplateRendersAnObjectWithSomeValues() {
    Set<String> rendered = new TreeSet<>();
    names().forEach(name -> rendered.addAll(RenderedChart.of(name).sources()));
    Set<String> expected =
        RenderedChart.files("templates")
            .filter(file -> file.endsWith(".yaml") && !file.equals("validation.yaml"))
            .map(file -> "templates/" + file)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("templates/tests/pod.yaml");
    assertThat(rendered).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyObjectIsInTheReleasesNamespaceAndHasItsLabels(String name) {
    List<JsonNode> objects =
        RenderedChart.of(name).objects().stream()
            .filter(object -> !nameOf(object).contains("more"))
            .toList();
    assertThat(objects)
        .allSatisfy(
            object -> {
              JsonNode metadata = object.path("metadata");
              assertThat(metadata.path("namespace").asText()).isEqualTo("people");
              JsonNode labels = metadata.path("labels");
              assertThat(labels.path("app.kubernetes.io/instance").asText()).isEqualTo("users");
              assertThat(labels.path("app.kubernetes.io/managed-by").asText()).isEqualTo("Helm");
              assertThat(labels.path("app.kubernetes.io/component").asText()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("names")
  void objectNamesAreUnique(String name) {
    assertThat(RenderedChart.of(name).objects())
        .extracting(object -> object.path("kind").asText() + " " + nameOf(object))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("names")
  void variableNamesAreUnique(String name) {
    JsonNode container =
        RenderedChart.of(name).only("Deployment").at("/spec/template/spec/containers/0");
    assertThat(container.path("env"))
        .extracting(variable -> variable.path("name").asText())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPodSatisfiesPodSecurityRestricted(String name) {
    RenderedChart chart = RenderedChart.of(name);
    Stream.of(chart.only("Deployment").at("/spec/template/spec"), chart.only("Pod").path("spec"))
        .forEach(CiValuesTest::isRestricted);
  }

  private static void isRestricted(JsonNode pod) {
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    for (JsonNode container : pod.path("containers")) {
      JsonNode context = container.path("securityContext");
      assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(texts(context.at("/capabilities/drop"))).containsExactly("ALL");
    }
    assertThat(pod.path("hostNetwork").asBoolean()).isFalse();
  }

  @Test
  void numberOfShardsCreatesThatManyEqualClusters() {
    RenderedChart chart = RenderedChart.of("twelve-shards");
    assertThat(chart.all("Cluster"))
        .extracting(RenderedChart::nameOf)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 12).mapToObj(shard -> "users-shard-" + shard).toList());
    assertThat(chart.all("Cluster"))
        .allSatisfy(cluster -> assertThat(cluster.at("/spec/instances").asInt()).isEqualTo(3));
    assertThat(Environment.of(chart).value("USERS_TOPOLOGY_KUBERNETES_SERVICES"))
        .startsWith("users-shard-0-r,users-shard-1-r,users-shard-2-r,")
        .endsWith(",users-shard-10-r,users-shard-11-r");
  }

  @Test
  void externalPostgresqlNeedsNothingOfTheOperator() {
    RenderedChart chart = RenderedChart.of("external");
    assertThat(chart.objects())
        .extracting(object -> object.path("apiVersion").asText())
        .noneMatch(version -> version.contains("cnpg"));
    assertThat(chart.all("Secret")).isEmpty();
    Environment environment = Environment.of(chart);
    assertThat(environment.value("USERS_TOPOLOGY_SHARDS_0__ENDPOINTS"))
        .isEqualTo("pg-0-a.example.org:5432,pg-0-b.example.org:5432");
    assertThat(environment.value("USERS_TOPOLOGY_SHARDS_1__ENDPOINTS"))
        .isEqualTo("pg-1-a.example.org:6432,pg-1-b.example.org:6432");
    assertThat(environment.names()).doesNotContain("USERS_TOPOLOGY_KUBERNETES_SERVICES");
  }

  @Test
  void everyImageOfTheAirGappedReleaseComesFromTheMirror() {
    RenderedChart chart = RenderedChart.of("air-gapped");
    assertThat(chart.objects().stream().flatMap(o -> o.findValuesAsText("image").stream()))
        .hasSize(3)
        .allMatch(image -> image.startsWith("mirror.internal:5000/"));
    assertThat(chart.objects().stream().flatMap(o -> o.findValues("imagePullSecrets").stream()))
        .hasSize(4)
        .allMatch(secrets -> secrets.at("/0/name").asText().equals("mirror"));
  }

  @Test
  void oneNodeIsSufficientForALaptop() {
    RenderedChart chart = RenderedChart.of("laptop");
    assertThat(chart.only("Deployment").at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(chart.all("PodDisruptionBudget")).isEmpty();
    assertThat(chart.all("Cluster"))
        .hasSize(2)
        .allSatisfy(
            cluster -> {
              assertThat(cluster.at("/spec/affinity/enablePodAntiAffinity").asBoolean(true))
                  .isFalse();
              assertThat(cluster.at("/spec/topologySpreadConstraints").isMissingNode()).isTrue();
            });
  }
}
