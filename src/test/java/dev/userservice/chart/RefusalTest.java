package dev.userservice.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalid values: each is refused in one sentence that names it, and nothing is rendered. */
final class RefusalTest {

  private static final String EXTERNAL =
      "postgresql: {mode: external, runtimeRole: {existingSecret: a}}\n";

  @ParameterizedTest(name = "{1}")
  @MethodSource({"schema", "shards", "servers", "backups", "pods", "exposure", "settings"})
  void isRefused(String values, String sentence) {
    assertThat(refusals(values)).containsExactly(sentence);
  }

  @Test
  void allInvalidValuesAreReportedAtOnce() {
    assertThat(refusals("replicas: 1\npostgresql: {mode: external}")).hasSize(3);
  }

  /** The lines of Helm's message without its prefix and its hints. */
  private static List<String> refusals(String values) {
    Throwable[] refusal = new Throwable[1];
    assertThatThrownBy(() -> RenderedChart.with(values)).satisfies(thrown -> refusal[0] = thrown);
    return Arrays.stream(String.valueOf(refusal[0].getMessage()).split("\n"))
        .filter(line -> !line.isBlank())
        .filter(line -> !line.startsWith("execution error at"))
        .filter(line -> !line.startsWith("values don't meet the specifications"))
        .filter(line -> !line.equals("user-service:"))
        .filter(line -> !line.startsWith("Use --debug"))
        .toList();
  }

  static Stream<Arguments> schema() {
    return Stream.of(
        Arguments.of("replica: 3", "- at '': additional properties 'replica' not allowed"),
        Arguments.of("image: {name: x}", "- at '/image': additional properties 'name' not allowed"),
        Arguments.of("shards: 0", "- at '/shards': minimum: got 0, want 1"),
        Arguments.of("shards: []", "- at '/shards': minItems: got 0, want 1"),
        Arguments.of("shards: two", "- at '/shards': got string, want integer or array"),
        Arguments.of(
            "shards: [{size: 1Gi}]", "- at '/shards/0': additional properties 'size' not allowed"),
        Arguments.of(
            "shards: [{weights: {\"1\": 0}}]",
            "- at '/shards/0/weights/1': minimum: got 0, want 0.01"),
        Arguments.of("replicas: three", "- at '/replicas': got string, want integer"),
        Arguments.of(
            "postgresql: {mode: mysql}",
            "- at '/postgresql/mode': value must be one of 'cloudnative-pg', 'external'"),
        Arguments.of(
            "postgresql: {runtimeRole: {username: \"a; DROP\"}}",
            "- at '/postgresql/runtimeRole/username': 'a; DROP' does not match pattern"
                + " '^[a-z_][a-z0-9_]*$'"),
        Arguments.of(
            "image: {digest: \"sha256:1\"}",
            "- at '/image/digest': 'sha256:1' does not match pattern '^(sha256:[0-9a-f]{64})?$'"),
        Arguments.of("startupWait: 10", "- at '/startupWait': got number, want string"));
  }

  static Stream<Arguments> shards() {
    String shard = "{endpoints: [\"a:1\"]}";
    return Stream.of(
        Arguments.of(
            EXTERNAL,
            "shards: 2 must be a list with the endpoints of each shard, because postgresql.mode"
                + " is external."),
        Arguments.of(
            EXTERNAL + "shards: [" + shard + ", {}]",
            "shards[1].endpoints is missing, because postgresql.mode is external."),
        Arguments.of(
            "shards: [" + shard + "]",
            "shards[0].endpoints is only for postgresql.mode: external, but the mode is"
                + " cloudnative-pg."),
        Arguments.of(
            EXTERNAL + "shards: [{endpoints: [\"a:1\"], storage: {size: 1Gi}}]",
            "shards[0].storage is only for postgresql.mode: cloudnative-pg, but the mode is"
                + " external."),
        Arguments.of(
            EXTERNAL + "shards: [" + shard + ", " + shard + "]",
            "shards[1].endpoints names a:1, which shards[0].endpoints has already."),
        Arguments.of(
            EXTERNAL + "shards: [{endpoints: [\"a:1\"], weights: {\"b:1\": 2}}]",
            "shards[0].weights names b:1, which is none of its endpoints."),
        Arguments.of(
            "shards: [{weights: {first: 2}}]",
            "shards[0].weights names first, which is not the number of an instance."));
  }

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of(
            "postgresql: {mode: external}\nshards: [{endpoints: [\"a:1\"]}]",
            "postgresql.runtimeRole.existingSecret is missing, because postgresql.mode is"
                + " external."),
        Arguments.of(
            "postgresql: {migratorRole: {username: users}}",
            "postgresql.migratorRole.username: users is also the run-time role, which must not"
                + " own the schema."),
        Arguments.of(
            "postgresql: {cluster: {instances: 1}}",
            "postgresql.cluster.instances: 1 leaves fewer than the 1 replicas that a commit waits"
                + " for: use more instances or postgresql.cluster.synchronous.enabled: false."),
        Arguments.of(
            "shards: [{}, {instances: 1}]",
            "shards[1].instances: 1 leaves fewer than the 1 replicas that a commit waits for: use"
                + " more instances or postgresql.cluster.synchronous.enabled: false."),
        Arguments.of(
            "postgresql: {cluster: {smartShutdownTimeout: 60}}",
            "postgresql.cluster.smartShutdownTimeout: 60 leaves no time of stopDelay: 60 for a"
                + " fast shutdown."),
        Arguments.of(
            "postgresql: {cluster: {imageCatalog: {kind: ClusterImageCatalog}}}",
            "postgresql.cluster.imageCatalog.name is missing: the chart does not create a"
                + " ClusterImageCatalog."),
        Arguments.of(
            "postgresql: {cluster: {imageCatalog: {major: 17}}}",
            "postgresql.cluster.imageCatalog.major: 17 is not among its images."),
        Arguments.of(
            "postgresql: {clientCertificates: {enabled: true, runtimeSecret: a, caSecret: b}}",
            "postgresql.clientCertificates.migratorSecret is missing, because"
                + " postgresql.clientCertificates.enabled is true."),
        Arguments.of(
            "postgresql: {tls: verify-ca}",
            "postgresql.serverCertificates.caSecret is missing, because postgresql.tls is"
                + " verify-ca."),
        Arguments.of(
            "postgresql: {tls: verify-full, serverCertificates: {caSecret: a}}",
            "postgresql.tls: verify-full is impossible, because the operator's servers are"
                + " addressed by IP address and certified by name: use verify-ca."),
        Arguments.of(
            "postgresql: {tls: disable, clientCertificates: {enabled: true, caSecret: a,"
                + " runtimeSecret: b, migratorSecret: c}}",
            "postgresql.tls: disable makes it impossible to use the certificates of"
                + " postgresql.clientCertificates."),
        Arguments.of(
            "postgresql: {serverCertificates: {tlsSecret: a}}",
            "postgresql.serverCertificates.caSecret is missing, because"
                + " postgresql.serverCertificates.tlsSecret is given."));
  }

  static Stream<Arguments> backups() {
    return Stream.of(
        Arguments.of(
            "postgresql: {backup: {enabled: true}}",
            "postgresql.backup.objectStore.destinationPath is missing, because"
                + " postgresql.backup.enabled is true."),
        Arguments.of(
            "postgresql: {recovery: {enabled: true}}",
            "postgresql.recovery.objectStore.destinationPath is missing, because"
                + " postgresql.recovery.enabled is true."),
        Arguments.of(
            """
            postgresql:
              backup: {enabled: true, objectStore: {destinationPath: "s3://b/"}}
              recovery: {enabled: true}
            """,
            "postgresql.backup.serverNameSuffix: \"\" would archive into the folder from which"
                + " the release recovers: choose a new one."),
        Arguments.of(
            """
            postgresql: {mode: external, runtimeRole: {existingSecret: a}, podMonitor: {enabled: true}}
            shards: [{endpoints: ["a:1"]}]
            """,
            "postgresql.podMonitor.enabled is only for postgresql.mode: cloudnative-pg, but the mode"
                + " is external."));
  }

  static Stream<Arguments> pods() {
    return Stream.of(
        Arguments.of(
            "replicas: 1",
            "replicas: 1 leaves no pod while a node is drained: use 2 or more, or"
                + " podDisruptionBudget.enabled: false."),
        Arguments.of(
            "autoscaling: {enabled: true, minReplicas: 1}",
            "autoscaling.minReplicas: 1 leaves no pod while a node is drained: use 2 or more, or"
                + " podDisruptionBudget.enabled: false."),
        Arguments.of(
            "autoscaling: {enabled: true, minReplicas: 5, maxReplicas: 4}",
            "autoscaling.minReplicas: 5 is more than autoscaling.maxReplicas: 4."),
        Arguments.of(
            "autoscaling: {enabled: true}\nresources: {requests: {cpu: null}}",
            "resources.requests.cpu is missing; autoscaling.targetCPUUtilizationPercentage is a"
                + " share of it."),
        Arguments.of(
            "shutdown: {delaySeconds: 25}",
            "shutdown.gracePeriodSeconds: 30 ends requests in progress: use 35 or more, 10 s more"
                + " than shutdown.delaySeconds."),
        Arguments.of(
            "startupWait: 11m",
            "startupWait: 11m is not shorter than the 660 s after which probes.startup fails."),
        Arguments.of(
            "serviceAccount: {create: false}",
            "serviceAccount.name is missing, because serviceAccount.create is false."),
        Arguments.of(
            "prometheusRule: {enabled: true}",
            "prometheusRule.runbookBaseUrl is missing, because prometheusRule.enabled is true."));
  }

  static Stream<Arguments> exposure() {
    String open = "networkPolicy: {enabled: false}\n";
    String ingress = "ingress: {enabled: true, hosts: [a.example.org]}\n";
    return Stream.of(
        Arguments.of(
            open + "ingress: {enabled: true}",
            "ingress.hosts is missing, because ingress.enabled is true."),
        Arguments.of(
            open + "httpRoute: {enabled: true}",
            "httpRoute.parentRefs is missing, because httpRoute.enabled is true."),
        Arguments.of(
            open
                + ingress
                + "httpRoute: {enabled: true, parentRefs: [{name: g}], hostnames: [a.example.org]}",
            "httpRoute.hostnames names a.example.org, which ingress.hosts has already."),
        Arguments.of(
            open + ingress + "httpRoute: {enabled: true, parentRefs: [{name: g}]}",
            "httpRoute.hostnames is empty, which means every host, but ingress.hosts has"
                + " a.example.org."),
        Arguments.of(
            ingress,
            "networkPolicy.clients is empty, so no client from outside could use ingress.enabled."),
        Arguments.of(
            "service: {type: LoadBalancer}",
            "networkPolicy.clients is empty, so no client from outside could use service.type:"
                + " LoadBalancer."));
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of(
            "settings: {quarkus.shutdown.delay: 3s}",
            "settings names quarkus.shutdown.delay, which the chart sets from its other values."),
        Arguments.of(
            "settings: {users.topology.kubernetes.services: a}",
            "settings names users.topology.kubernetes.services, which the chart sets from its other"
                + " values."),
        Arguments.of(
            "settings: {\"users.routing.weights.\\\"a:1\\\"\": 2}",
            "settings names users.routing.weights.\"a:1\", which the chart sets from its other"
                + " values."),
        Arguments.of(
            "settings: {routing.strategy: random}",
            "settings names routing.strategy, which is no setting: names begin with users. or"
                + " quarkus."),
        Arguments.of(
            "extraEnv: [{name: USERS_DATASOURCE_PASSWORD, value: x}]",
            "extraEnv names USERS_DATASOURCE_PASSWORD, which the chart sets already."),
        Arguments.of(
            "election: {renewDeadline: 14s}",
            "election.renewDeadline: 14s is more than nine tenths of election.leaseDuration: 15s."),
        Arguments.of(
            "election: {retryPeriod: 4s}",
            "election.retryPeriod: 4s is more than a third of election.renewDeadline: 10s."));
  }
}
