package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A server is killed while clients write; then the clients' record is compared with the data. */
final class ServerDeath {

  private static final int STRUCK = 0;
  private static final int UNTOUCHED = 1;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Duration load;

  ServerDeath(Duration load) {
    this.load = load;
  }

  void ofPrimary(Path directory) throws Exception {
    run(directory, "PRIMARY");
  }

  void ofReplica(Path directory) throws Exception {
    run(directory, "REPLICA");
  }

  private void run(Path directory, String role) throws Exception {
    long seed = System.nanoTime();
    System.out.println("drill: " + role + " dies, seed " + seed);
    WriteRecord record = new WriteRecord();
    try (ServiceProcess service = ServiceProcess.start(directory)) {
      Servers servers = new Servers(service);
      servers.awaitHealthy(STRUCK);
      long killedAt = strike(service, servers, record, role, seed);
      servers.awaitHealthy(STRUCK);
      check(servers, record, role, killedAt, seed);
    }
  }

  private long strike(
      ServiceProcess service, Servers servers, WriteRecord record, String role, long seed)
      throws IOException, InterruptedException {
    try (Clients clients = new Clients(service, record, seed)) {
      clients.start(seed);
      DrillTime.pass(load.dividedBy(3));
      servers.kill(STRUCK, role);
      long killedAt = System.nanoTime();
      DrillTime.pass(load.multipliedBy(2).dividedBy(3));
      System.out.printf(
          "drill: %d writes acknowledged, %d reads%n",
          record.acknowledged().size(), clients.reads());
      return killedAt;
    }
  }

  private void check(Servers servers, WriteRecord record, String role, long killedAt, long seed)
      throws IOException, InterruptedException, SQLException {
    Set<Long> missing = new HashSet<>(record.acknowledged().keySet());
    missing.removeAll(servers.usersOnPrimary(STRUCK));
    missing.removeAll(servers.usersOnPrimary(UNTOUCHED));
    Duration pause = record.longestPause(STRUCK, killedAt);
    System.out.printf(
        "drill: %d lost, longest pause %d ms, %d requests failed%n",
        missing.size(), pause.toMillis(), record.failures(STRUCK).size());
    assertThat(missing).as("acknowledged and lost, seed %d", seed).isEmpty();
    assertThat(pause).as("pause of writes, seed %d", seed).isLessThan(LONGEST_PAUSE);
    assertThat(record.failures(UNTOUCHED)).as("the other shard, seed %d", seed).isEmpty();
    assertThat(record.longestPause(UNTOUCHED, killedAt))
        .as("the other shard, seed %d", seed)
        .isLessThan(Duration.ofSeconds(2));
    if (role.equals("REPLICA")) {
      assertThat(record.failures(STRUCK)).as("seed %d", seed).isEmpty();
    }
  }
}
