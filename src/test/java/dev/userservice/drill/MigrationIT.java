package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Three processes start at the same time on two empty shards, and one is killed while it migrates.
 */
final class MigrationIT {

  private static final int PROCESSES = 3;

  @Test
  void eachMigrationIsAppliedOnceEvenIfALeaderDiesInTheMiddle() throws Exception {
    long seed = Long.getLong("drill.seed", System.nanoTime());
    System.out.println("migration drill: -Ddrill.seed=" + seed);
    List<ServiceProcess> processes = new ArrayList<>();
    try (DrillCluster cluster = DrillCluster.start("drill-migration-" + UUID.randomUUID(), 2, 1)) {
      try {
        for (int process = 0; process < PROCESSES; process++) {
          processes.add(
              cluster.launch(
                  "service-" + process,
                  "-Dusers.election.identity=process-" + process,
                  "-Dusers.election.lease-duration=PT3S",
                  "-Dusers.election.renew-deadline=PT2S",
                  "-Dusers.election.retry-period=PT0.4S"));
        }
        ServiceProcess killed = killAtMigration(cluster, processes, seed);
        processes.stream().filter(each -> each != killed).forEach(ServiceProcess::awaitReady);
        for (List<Endpoint> shard : cluster.topology().shards()) {
          assertThat(history(cluster, shard.get(0))).containsExactly("1", "2", "3", "4");
        }
      } finally {
        processes.forEach(ServiceProcess::close);
      }
    }
  }

  /**
   * Kills the process that leads as soon as a number of migrations, chosen by the seed, are
   * applied.
   */
  private static ServiceProcess killAtMigration(
      DrillCluster cluster, List<ServiceProcess> processes, long seed)
      throws SQLException, InterruptedException {
    int enough = new SplittableRandom(seed).nextInt(8);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> newestLeader(processes).isPresent() && present(cluster) >= enough);
    ServiceProcess leader = newestLeader(processes).orElseThrow();
    leader.kill();
    System.out.printf(
        "migration drill: killed at %d of 8 migrations, %d were there afterwards%n",
        enough, present(cluster));
    return leader;
  }

  /**
   * The process that reported the newest epoch that it won. This need not be epoch 1: a process
   * gives an epoch back when the databases granted it too late.
   */
  private static Optional<ServiceProcess> newestLeader(List<ServiceProcess> processes) {
    long newest = 0;
    Optional<ServiceProcess> leader = Optional.empty();
    for (int process = 0; process < PROCESSES; process++) {
      Matcher won =
          Pattern.compile("process-" + process + "-\\w+ leads, epoch (\\d+)")
              .matcher(processes.get(process).output());
      while (won.find()) {
        if (Long.parseLong(won.group(1)) > newest) {
          newest = Long.parseLong(won.group(1));
          leader = Optional.of(processes.get(process));
        }
      }
    }
    return leader;
  }

  private static int present(DrillCluster cluster) throws SQLException {
    int present = 0;
    for (List<Endpoint> shard : cluster.topology().shards()) {
      present += history(cluster, shard.get(0)).size();
    }
    return present;
  }

  private static List<String> history(DrillCluster cluster, Endpoint server) throws SQLException {
    List<String> versions = new ArrayList<>();
    try (Connection connection = TestConnections.connect(server, cluster.topology().credentials());
        Statement statement = connection.createStatement()) {
      try (ResultSet table =
          statement.executeQuery("SELECT to_regclass('flyway_schema_history')")) {
        table.next();
        if (table.getString(1) == null) {
          return versions;
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT version FROM flyway_schema_history ORDER BY installed_rank")) {
        while (rows.next()) {
          versions.add(rows.getString(1));
        }
      }
    }
    return versions;
  }
}
