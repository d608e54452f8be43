package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.embedded.EmbeddedServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who leads when processes and voters fail. There are three of each. */
final class LeaderIT {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @Test
  void oneProcessLeadsAfterEachFaultOfProcessesAndVoters() throws Exception {
    try (DrillCluster cluster = DrillCluster.start("drill-leader", 3, 1);
        ServiceTrio trio = new ServiceTrio(cluster, "-Dquarkus.shutdown.delay=2s")) {
      LeaderFaults faults = new LeaderFaults(trio);
      faults.killed();
      long epoch = trio.epoch();
      assertThat(faults.paused()).contains("The databases refuse epoch " + epoch);
      faults.stopped();
      oneVoterDownChangesNothing(cluster, trio);
      withTwoVotersDownNobodyLeadsUntilOneReturns(cluster, trio);
    }
  }

  private static void oneVoterDownChangesNothing(DrillCluster cluster, ServiceTrio trio)
      throws Exception {
    ServiceProcess leader = trio.leader();
    long epoch = trio.epoch();
    EmbeddedServer voter = cluster.primary(2);
    cluster.servers().pause(voter);
    try {
      DrillTime.pass(ServiceTrio.LEASE.multipliedBy(2));
      assertThat(leader.leads()).isTrue();
      assertThat(trio.epoch()).isEqualTo(epoch);
    } finally {
      cluster.servers().resume(voter);
    }
  }

  private static void withTwoVotersDownNobodyLeadsUntilOneReturns(
      DrillCluster cluster, ServiceTrio trio) throws Exception {
    long epoch = trio.epoch();
    EmbeddedServer first = cluster.primary(1);
    EmbeddedServer second = cluster.primary(2);
    cluster.servers().pause(first);
    cluster.servers().pause(second);
    try {
      Awaitility.await().atMost(BOUND).until(() -> trio.leaders() == 0);
      DrillTime.pass(ServiceTrio.LEASE.multipliedBy(2));
      assertThat(trio.leaders()).isZero();
    } finally {
      cluster.servers().resume(first);
    }
    try {
      Awaitility.await().atMost(BOUND).until(() -> trio.leaders() == 1);
      assertThat(trio.epoch()).isGreaterThan(epoch);
    } finally {
      cluster.servers().resume(second);
    }
  }
}
