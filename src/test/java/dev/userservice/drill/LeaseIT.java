package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.userservice.ServiceProcess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three processes that elect their leader by a Lease of a real Kubernetes API server, with no more
 * rights than the chart gives them. Needs {@code etcd} and {@code kube-apiserver} in the folder
 * that the environment variable {@code KUBERNETES_BINARIES} names.
 */
@Tag("deep")
final class LeaseIT {

  private static final String NAMESPACE = "shop";
  private static final String NAME = "user-service";

  private final @Nullable String binaries = System.getenv("KUBERNETES_BINARIES");

  @Test
  void leadershipSurvivesWhateverHappensToProcessesAndTheApiServer() throws Exception {
    assumeTrue(
        binaries != null && Files.isExecutable(Path.of(binaries, "kube-apiserver")),
        "KUBERNETES_BINARIES names no folder with etcd and kube-apiserver");
    try (ControlPlane plane =
            new ControlPlane(
                Path.of(Objects.requireNonNull(binaries)), Path.of("target/drill-control-plane"));
        DrillCluster cluster = DrillCluster.start("drill-lease", 1, 1)) {
      Path kubeconfig = plane.kubeconfig("service", asTheChartSetsItUp(plane.client()));
      try (ServiceTrio trio =
          new ServiceTrio(
              cluster,
              "-Dkubeconfig=" + kubeconfig.toAbsolutePath(),
              "-Dusers.election.lock=kubernetes",
              "-Dusers.election.kubernetes.namespace=" + NAMESPACE)) {
        theLeaseNamesTheLeaderAndAnEventTellsIt(plane.client(), trio);
        LeaderFaults faults = new LeaderFaults(trio);
        faults.killed();
        faults.stopped();
        faults.paused();
        theApiServerIsRestarted(plane, trio);
        theApiServerHangs(plane, trio);
        aDeletedLeaseIsMissedUntilSomebodyMakesIt(plane.client(), trio);
      }
    }
  }

  private static void theLeaseNamesTheLeaderAndAnEventTellsIt(
      KubernetesClient client, ServiceTrio trio) throws Exception {
    String leader = name(trio.leader());
    Lease lease = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
    assertThat(lease.getSpec().getHolderIdentity()).isEqualTo(leader);
    assertThat(lease.getMetadata().getAnnotations())
        .containsEntry("user-service.dev/epoch", Long.toString(trio.epoch()));
    awaitEvent(client, leader + " leads, epoch " + trio.epoch());
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> watches(client) >= 2);
  }

  private static void theApiServerIsRestarted(ControlPlane plane, ServiceTrio trio)
      throws Exception {
    long began = System.nanoTime();
    plane.restart();
    LeaderFaults.tell("the API server is ready again after", since(began));
    long ready = System.nanoTime();
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> trio.leaders() == 1);
    LeaderFaults.tell("one leads, counted from there, after", since(ready));
    assertThat(since(ready)).isLessThan(LeaderFaults.TAKE_OVER);
    trio.awaitAgreement();
  }

  private static void theApiServerHangs(ControlPlane plane, ServiceTrio trio) throws Exception {
    ServiceProcess leader = trio.leader();
    long epoch = trio.epoch();
    plane.pause();
    try {
      long began = System.nanoTime();
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(LeaderFaults.BOUND)
          .until(() -> trio.leaders() == 0);
      LeaderFaults.tell("after SIGSTOP of the API server the leader steps down in", since(began));
      assertThat(since(began)).isLessThan(ServiceTrio.LEASE);
      DrillTime.pass(ServiceTrio.LEASE.multipliedBy(2));
      assertThat(trio.leaders()).isZero();
    } finally {
      plane.resume();
    }
    long resumed = System.nanoTime();
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> trio.leaders() == 1);
    LeaderFaults.tell("after SIGCONT one leads in", since(resumed));
    assertThat(since(resumed)).isLessThan(LeaderFaults.TAKE_OVER);
    assertThat(trio.epoch()).isGreaterThan(epoch);
    assertThat(leader.output())
        .contains("epoch " + epoch + ": its lease could not be renewed in time");
    trio.awaitAgreement();
  }

  private static void aDeletedLeaseIsMissedUntilSomebodyMakesIt(
      KubernetesClient client, ServiceTrio trio) throws Exception {
    client.leases().inNamespace(NAMESPACE).withName(NAME).delete();
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> trio.leaders() == 0);
    client.resource(lease()).create();
    long made = System.nanoTime();
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> trio.leaders() == 1);
    LeaderFaults.tell("after a deleted Lease is there again one leads in", since(made));
  }

  /** Makes the Lease, and an account whose token comes back and which may use that Lease only. */
  private static String asTheChartSetsItUp(KubernetesClient client) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    client.resource(lease()).create();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withRules(
                    new PolicyRuleBuilder()
                        .withApiGroups("coordination.k8s.io")
                        .withResources("leases")
                        .withResourceNames(NAME)
                        .withVerbs("get", "watch", "update")
                        .build(),
                    new PolicyRuleBuilder()
                        .withApiGroups("events.k8s.io")
                        .withResources("events")
                        .withVerbs("create")
                        .build())
                .build())
        .create();
    client.resource(binding()).create();
    return client
        .serviceAccounts()
        .inNamespace(NAMESPACE)
        .withName(NAME)
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
        .getStatus()
        .getToken();
  }

  private static io.fabric8.kubernetes.api.model.rbac.RoleBinding binding() {
    return new RoleBindingBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
        .addNewSubject("", "ServiceAccount", NAME, NAMESPACE)
        .build();
  }

  private static Lease lease() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .build();
  }

  private static void awaitEvent(KubernetesClient client, String note) {
    Awaitility.await()
        .atMost(LeaderFaults.BOUND)
        .until(
            () -> {
              List<Event> events =
                  client.events().v1().events().inNamespace(NAMESPACE).list().getItems();
              return events.stream().map(Event::getNote).anyMatch(note::equals);
            });
  }

  /** How many watch one Lease by its name, as the API server counts them. */
  private static double watches(KubernetesClient client) {
    return client
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_longrunning_requests{"))
        .filter(line -> line.contains("resource=\"leases\"") && line.contains("verb=\"WATCH\""))
        .filter(line -> line.contains("scope=\"resource\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String name(ServiceProcess process) throws InterruptedException {
    return process.leader().orElseThrow().getString("leader");
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
