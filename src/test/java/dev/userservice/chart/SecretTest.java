package dev.userservice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The credentials of PostgreSQL's roles, and how the service gets them. */
final class SecretTest {

  private static String decoded(JsonNode secret, String key) {
    byte[] bytes = Base64.getDecoder().decode(secret.at("/data/" + key).asText());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void eachRoleHasItsOwnSecretInTheFormatOfTheOperator() {
    RenderedChart chart = RenderedChart.byDefault();
    JsonNode runtime = chart.named("Secret", "users-user-service-runtime");
    JsonNode migrator = chart.named("Secret", "users-user-service-migrator");
    for (JsonNode secret : List.of(runtime, migrator)) {
      assertThat(secret.path("type").asText()).isEqualTo("kubernetes.io/basic-auth");
      assertThat(decoded(secret, "password")).matches("[A-Za-z0-9]{40}");
    }
    assertThat(decoded(runtime, "username")).isEqualTo("users");
    assertThat(decoded(migrator, "username")).isEqualTo("users_migrator");
    assertThat(decoded(runtime, "password")).isNotEqualTo(decoded(migrator, "password"));
  }

  @Test
  void theServiceReadsPasswordsFromThem() {
    Environment environment = Environment.of(RenderedChart.byDefault());
    assertThat(environment.secret("USERS_DATASOURCE_PASSWORD"))
        .isEqualTo("users-user-service-runtime/password");
    assertThat(environment.secret("USERS_DATASOURCE_MIGRATOR_PASSWORD"))
        .isEqualTo("users-user-service-migrator/password");
    assertThat(environment.value("USERS_DATASOURCE_MIGRATOR_USERNAME")).isEqualTo("users_migrator");
  }

  @Test
  void existingSecretsAreUsedInstead() {
    RenderedChart chart =
        RenderedChart.with(
            "postgresql: {runtimeRole: {existingSecret: a}, migratorRole: {existingSecret: b}}");
    assertThat(chart.all("Secret")).isEmpty();
    assertThat(Environment.of(chart).secret("USERS_DATASOURCE_PASSWORD")).isEqualTo("a/password");
    JsonNode cluster = chart.named("Cluster", "users-shard-1").path("spec");
    assertThat(cluster.at("/managed/roles/0/passwordSecret/name").asText()).isEqualTo("a");
    assertThat(cluster.at("/bootstrap/initdb/secret/name").asText()).isEqualTo("b");
  }

  @Test
  void withCertificatesThereIsNoPasswordAnywhere() {
    RenderedChart chart = RenderedChart.of("everything");
    assertThat(chart.all("Secret")).isEmpty();
    Environment environment = Environment.of(chart);
    assertThat(environment.names()).noneMatch(name -> name.contains("PASSWORD"));
    assertThat(environment.value("USERS_DATASOURCE_TLS_CERTIFICATE"))
        .isEqualTo("/etc/user-service/certificates/runtime/tls.crt");
    JsonNode pod = chart.only("Deployment").at("/spec/template/spec");
    assertThat(pod.path("volumes").findValuesAsText("secretName"))
        .containsExactly("runtime-certificate", "migrator-certificate", "server-authority");
  }

  @Test
  void externalPostgresqlNeedsNoMigrator() {
    RenderedChart chart =
        RenderedChart.with(
            """
            postgresql: {mode: external, runtimeRole: {existingSecret: a}}
            shards: [{endpoints: ["pg:5432"]}]
            """);
    assertThat(Environment.of(chart).names()).noneMatch(name -> name.contains("MIGRATOR"));
  }
}
