package dev.userservice.executable;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the executable shows of itself: health, metrics, and the description of its API. */
@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(ClusterBeside.class)
final class ManagementIT {

  private static final Pattern METRIC =
      Pattern.compile("\\b(users_(?:routing|election|sharding)_[a-z_]+|http_server_[a-z_]+)");
  private static final Pattern SCRIPT = Pattern.compile("<script[^>]* src=\"([^\"]+)\"");

  @ParameterizedTest
  @ValueSource(strings = {"", "/live", "/ready", "/started", "/well", "/group"})
  void everyHealthCheckIsUp(String check) {
    given().get(management("/health" + check)).then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void readinessNamesEveryServerAndTheElection() {
    Response ready = given().get(management("/health/ready"));
    assertThat(ready.asString().split("\"(PRIMARY|REPLICA)\"", -1)).hasSize(1 + 6);
    assertThat(ready.asString()).contains("\"election\"");
  }

  /** By the names that the documentation, the alerts and the dashboards use. */
  @Test
  void everyMetricThatIsDocumentedOrWatchedExists() throws IOException {
    given().get("/users").then().statusCode(200);
    Set<String> expected = new TreeSet<>();
    expected.addAll(metrics(Path.of("docs/operations.md")));
    try (Stream<Path> chart = Files.walk(Path.of("helm"))) {
      for (Path file : chart.filter(Files::isRegularFile).toList()) {
        expected.addAll(metrics(file));
      }
    }
    assertThat(expected).hasSizeGreaterThanOrEqualTo(12);
    String shown = given().accept("text/plain").get(management("/metrics")).asString();
    assertThat(expected).allMatch(name -> shown.contains("\n" + name));
  }

  /** Of the machine, the process, the pools and the servers: each binder shows something. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "process_uptime_seconds",
        "process_cpu_usage",
        "process_files_open_files",
        "system_cpu_count",
        "jvm_threads_live_threads",
        "jvm_memory_used_bytes",
        "worker_pool_active",
        "http_server_active_connections"
      })
  void everyBinderOfMetricsWorks(String name) {
    given().get("/users").then().statusCode(200);
    assertThat(given().get(management("/metrics")).asString()).contains("\n" + name);
  }

  @Test
  void metricsComeInBothFormats() {
    Response text = given().accept("text/plain").get(management("/metrics"));
    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.contentType()).startsWith("text/plain");
    assertThat(text.asString()).contains("# TYPE users_election_leader gauge");
    // Quarkus compares the parameters, too.
    String type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Response open = given().accept(type).get(management("/metrics"));
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(open.contentType()).startsWith("application/openmetrics-text");
    assertThat(open.asString()).endsWith("# EOF\n");
  }

  @Test
  void swaggerUiServesItsPageAndItsScripts() {
    Response page = given().get("/q/swagger-ui/");
    assertThat(page.statusCode()).isEqualTo(200);
    List<String> scripts =
        SCRIPT.matcher(page.asString()).results().map(found -> found.group(1)).toList();
    assertThat(scripts).isNotEmpty();
    for (String script : scripts) {
      String address = script.startsWith("/") ? script : "/q/swagger-ui/" + script;
      Response answer = given().get(address);
      assertThat(answer.statusCode()).as(address).isEqualTo(200);
      assertThat(answer.asString()).as(address).isNotBlank();
    }
  }

  @Test
  void openApiIsTheSameInYamlAndJson() throws IOException {
    Response yaml = given().get("/q/openapi");
    Response json = given().get("/q/openapi?format=json");
    assertThat(yaml.statusCode()).isEqualTo(200);
    assertThat(json.contentType()).startsWith("application/json");
    assertThat(new YAMLMapper().readTree(yaml.asString()))
        .isEqualTo(new ObjectMapper().readTree(json.asString()));
  }

  private static List<String> metrics(Path file) throws IOException {
    return METRIC.matcher(Files.readString(file)).results().map(MatchResult::group).toList();
  }

  private static String management(String path) {
    return ConfigProvider.getConfig().getValue("test.management.url", String.class) + path;
  }
}
