package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.embedded.EmbeddedServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of the leadership when processes and voters fail, three of each. */
final class LeaderIT {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void leadershipSurvivesWhateverHappensToProcessesAndVoters() throws Exception {
    try (DrillCluster cluster = DrillCluster.start("drill-leader", 3, 1);
        ServiceTrio trio = new ServiceTrio(cluster)) {
      aKilledLeaderIsReplacedWithinLeaseAndRetry(trio);
      aLeaderThatIsStoppedHandsOverAtOnce(trio);
      aLeaderThatWasPausedIsRefusedAndStepsDown(trio);
      oneVoterDownChangesNothing(cluster, trio);
      withTwoVotersDownNobodyLeadsUntilOneReturns(cluster, trio);
    }
  }

  private static void aKilledLeaderIsReplacedWithinLeaseAndRetry(ServiceTrio trio)
      throws Exception {
    ServiceProcess leader = trio.leader();
    long epoch = epoch(leader);
    leader.kill();
    Duration took = trio.awaitOtherThan(leader);
    System.out.println("leader drill: after kill -9 another leads in " + took.toMillis() + " ms");
    assertThat(took).isLessThan(ServiceTrio.LEASE.plus(ServiceTrio.RETRY).plus(SECOND));
    assertThat(epoch(trio.leader())).isGreaterThan(epoch);
    trio.replace(leader);
  }

  private static void aLeaderThatIsStoppedHandsOverAtOnce(ServiceTrio trio) throws Exception {
    ServiceProcess leader = trio.leader();
    leader.terminate();
    Duration took = trio.awaitOtherThan(leader);
    System.out.println("leader drill: after SIGTERM another leads in " + took.toMillis() + " ms");
    assertThat(took).isLessThan(SECOND);
    trio.replace(leader);
  }

  private static void aLeaderThatWasPausedIsRefusedAndStepsDown(ServiceTrio trio) throws Exception {
    ServiceProcess leader = trio.leader();
    long epoch = epoch(leader);
    leader.pause();
    try {
      Duration took = trio.awaitOtherThan(leader);
      System.out.println("leader drill: after SIGSTOP another leads in " + took.toMillis() + " ms");
    } finally {
      leader.resume();
    }
    Awaitility.await().atMost(BOUND).until(() -> !leader.leads());
    Awaitility.await()
        .atMost(BOUND)
        .until(() -> leader.output().contains("Epoch " + epoch + " is refused"));
    assertThat(leader.output()).contains("leads no longer, epoch " + epoch);
    trio.awaitAgreement();
  }

  private static void oneVoterDownChangesNothing(DrillCluster cluster, ServiceTrio trio)
      throws Exception {
    ServiceProcess leader = trio.leader();
    long epoch = epoch(leader);
    EmbeddedServer voter = cluster.primary(2);
    cluster.servers().pause(voter);
    try {
      DrillTime.pass(ServiceTrio.LEASE.multipliedBy(2));
      assertThat(leader.leads()).isTrue();
      assertThat(epoch(leader)).isEqualTo(epoch);
    } finally {
      cluster.servers().resume(voter);
    }
  }

  private static void withTwoVotersDownNobodyLeadsUntilOneReturns(
      DrillCluster cluster, ServiceTrio trio) throws Exception {
    long epoch = epoch(trio.leader());
    EmbeddedServer first = cluster.primary(1);
    EmbeddedServer second = cluster.primary(2);
    cluster.servers().pause(first);
    cluster.servers().pause(second);
    try {
      Awaitility.await().atMost(BOUND).until(() -> leaders(trio) == 0);
      DrillTime.pass(ServiceTrio.LEASE.multipliedBy(2));
      assertThat(leaders(trio)).isZero();
    } finally {
      cluster.servers().resume(first);
    }
    try {
      Awaitility.await().atMost(BOUND).until(() -> leaders(trio) == 1);
      assertThat(epoch(trio.leader())).isGreaterThan(epoch);
    } finally {
      cluster.servers().resume(second);
    }
  }

  private static int leaders(ServiceTrio trio) throws InterruptedException {
    int leaders = 0;
    for (ServiceProcess process : trio.processes()) {
      leaders += process.leads() ? 1 : 0;
    }
    return leaders;
  }

  private static long epoch(ServiceProcess process) throws InterruptedException {
    return process.leader().orElseThrow().getLong("epoch");
  }
}
