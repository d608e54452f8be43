package dev.userservice.drill;

import com.marcnuri.helm.Helm;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the chart renders, by the real Helm, as release {@code users} in the namespace {@code shop}.
 * A drill has no kubelet and no operator: this class does what they would do with these objects.
 */
final class ChartRelease {

  static final String NAMESPACE = "shop";

  /** The name of the Lease, the account and the Role. */
  static final String NAME = "users-user-service";

  private static final String DATABASE = "people";
  private static final String MIGRATOR = "people_migrator";
  private static final Set<String> APPLIED =
      Set.of("ServiceAccount", "Role", "RoleBinding", "Lease", "Secret");

  private final KubernetesClient client;
  private final List<HasMetadata> objects;

  /**
   * Renders the chart.
   *
   * @param client of the API server that the release is for, with all rights
   */
  ChartRelease(KubernetesClient client, int shards) throws IOException {
    this.client = client;
    Path values = Files.createTempFile(Path.of("target"), "values", ".yaml");
    try {
      Files.writeString(
          values,
          """
          shards: %d
          postgresql:
            database: %s
            runtimeRole: {username: people}
            migratorRole: {username: %s}
          """
              .formatted(shards, DATABASE, MIGRATOR));
      String text =
          new Helm(Path.of("helm/user-service"))
              .template()
              .withName("users")
              .withNamespace(NAMESPACE)
              .withKubeVersion("1.34.0")
              .withValuesFile(values)
              .call();
      objects =
          client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).items();
    } finally {
      Files.delete(values);
    }
  }

  /** Creates the namespace and the chart's account, its rights, Lease and Secrets. */
  void install() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    objects.stream()
        .filter(object -> APPLIED.contains(object.getKind()))
        .forEach(object -> client.resource(object).inNamespace(NAMESPACE).create());
  }

  /** A token of the chart's own account. */
  String token() {
    return client
        .serviceAccounts()
        .inNamespace(NAMESPACE)
        .withName(NAME)
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
        .getStatus()
        .getToken();
  }

  /** The Lease that the chart renders. */
  Lease lease() {
    return only(Lease.class);
  }

  /** The variables of the service's container, with values from the Secrets that were created. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable :
        only(Deployment.class).getSpec().getTemplate().getSpec().getContainers().get(0).getEnv()) {
      environment.put(
          variable.getName(),
          variable.getValueFrom() == null
              ? variable.getValue()
              : secret(variable.getValueFrom().getSecretKeyRef()));
    }
    return environment;
  }

  /** Creates the empty database of a shard again, as the operator does for the Cluster. */
  void makeDatabase(Endpoint primary, Credentials administrator) throws SQLException {
    execute(
        primary,
        administrator,
        List.of(
            "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)",
            "DROP ROLE IF EXISTS people",
            "DROP ROLE IF EXISTS " + MIGRATOR,
            "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(MIGRATOR, password("migrator")),
            "CREATE DATABASE %s OWNER %s".formatted(DATABASE, MIGRATOR)));
    List<String> statements = new ArrayList<>(statementsOfTheCluster());
    statements.add("ALTER ROLE people PASSWORD '%s'".formatted(password("runtime")));
    statements.add("GRANT pg_read_all_stats TO people");
    execute(primary, in(administrator), statements);
  }

  /** The administrator's login to the database of the release. */
  static Credentials in(Credentials administrator) {
    return new Credentials(DATABASE, administrator.username(), administrator.password());
  }

  private List<String> statementsOfTheCluster() {
    return objects.stream()
        .filter(object -> object.getKind().equals("Cluster"))
        .map(GenericKubernetesResource.class::cast)
        .findFirst()
        .orElseThrow()
        .<List<String>>get("spec", "bootstrap", "initdb", "postInitApplicationSQL");
  }

  private String password(String role) {
    return secret(new SecretKeySelector("password", NAME + "-" + role, false));
  }

  private String secret(SecretKeySelector reference) {
    Secret secret = client.secrets().inNamespace(NAMESPACE).withName(reference.getName()).require();
    return new String(
        Base64.getDecoder().decode(secret.getData().get(reference.getKey())),
        StandardCharsets.UTF_8);
  }

  private <T extends HasMetadata> T only(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  private static void execute(Endpoint server, Credentials login, List<String> statements)
      throws SQLException {
    try (Connection connection = TestConnections.connect(server, login);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
