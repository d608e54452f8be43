package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three processes of the chart's release that elect their leader by a Lease of a real Kubernetes
 * API server. Users are written and read whatever happens to that server. Needs what {@code
 * .ci/kubernetes} provides.
 */
@Tag("deep")
final class LeaseIT {

  private static final Duration CUT_OFF = Duration.ofSeconds(30);

  @Test
  void oneProcessLeadsAfterEachFaultOfProcessesAndTheApiServer() throws Exception {
    try (ReleasedChart chart = ReleasedChart.start("drill-lease", 2, 2);
        ServiceTrio trio = new ServiceTrio(chart::launch)) {
      KubernetesClient client = chart.plane().client();
      theLeaseNamesTheLeader(client, trio);
      LeaderFaults faults = new LeaderFaults(trio);
      faults.killed();
      faults.paused();
      faults.stopped();
      eventsTellOfLeaders(client);
      Traffic.flowsDuring(
          "the API server is killed and comes back",
          trio.processes(),
          () -> theApiServerIsRestarted(chart.plane(), trio));
      Traffic.flowsDuring(
          "the API server hangs for 30 s",
          trio.processes(),
          () -> theApiServerHangs(chart.plane(), trio));
      serversAreFollowedAgain(chart, trio);
      aDeletedLeaseIsMissedUntilSomebodyMakesIt(chart, trio);
    }
  }

  private static void theLeaseNamesTheLeader(KubernetesClient client, ServiceTrio trio)
      throws Exception {
    String leader = name(trio.leader());
    Lease lease =
        client.leases().inNamespace(ChartRelease.NAMESPACE).withName(ChartRelease.NAME).get();
    assertThat(lease.getSpec().getHolderIdentity()).isEqualTo(leader);
    assertThat(lease.getMetadata().getAnnotations())
        .containsEntry("user-service.dev/epoch", Long.toString(trio.epoch()));
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
      DrillTime.pass(CUT_OFF.minus(since(began)));
      assertThat(trio.leaders()).isZero();
    } finally {
      plane.resume();
    }
    long resumed = System.nanoTime();
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> trio.leaders() == 1);
    LeaderFaults.tell("after SIGCONT one leads in", since(resumed));
    assertThat(since(resumed)).isLessThan(LeaderFaults.TAKE_OVER);
    assertThat(trio.epoch()).isGreaterThan(epoch);
    assertThat(leader.output()).contains("epoch " + epoch + ": its lease was not renewed in time");
    trio.awaitAgreement();
  }

  private static void serversAreFollowedAgain(ReleasedChart chart, ServiceTrio trio) {
    String replica = PodAddresses.pod(1, 2);
    for (int pods = 1; pods <= 2; pods++) {
      boolean there = pods == 2;
      chart.tellPods(1, pods);
      for (ServiceProcess process : trio.processes()) {
        Awaitility.await()
            .atMost(LeaderFaults.BOUND)
            .until(() -> process.health().contains(replica) == there);
      }
    }
  }

  private static void aDeletedLeaseIsMissedUntilSomebodyMakesIt(
      ReleasedChart chart, ServiceTrio trio) throws Exception {
    KubernetesClient client = chart.plane().client();
    client.leases().inNamespace(ChartRelease.NAMESPACE).withName(ChartRelease.NAME).delete();
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> trio.leaders() == 0);
    client.resource(chart.release().lease()).inNamespace(ChartRelease.NAMESPACE).create();
    long made = System.nanoTime();
    Awaitility.await().atMost(LeaderFaults.BOUND).until(() -> trio.leaders() == 1);
    LeaderFaults.tell("after a deleted Lease is there again one leads in", since(made));
  }

  // An Event is written once for each change, so one may be missing if the API server was slow.
  private static void eventsTellOfLeaders(KubernetesClient client) {
    Awaitility.await()
        .atMost(LeaderFaults.BOUND)
        .until(
            () -> {
              List<Event> events =
                  client
                      .events()
                      .v1()
                      .events()
                      .inNamespace(ChartRelease.NAMESPACE)
                      .list()
                      .getItems();
              return events.stream().anyMatch(LeaseIT::tellsOfALeader);
            });
  }

  private static boolean tellsOfALeader(Event event) {
    return event.getRegarding().getName().equals(ChartRelease.NAME)
        && event.getNote().matches("\\S+ leads, epoch \\d+");
  }

  /** The number of watches of one Lease by its name, as the API server counts them. */
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
