package dev.userservice.drill;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.embedded.server.FileTree;
import dev.userservice.embedded.server.Ports;
import dev.userservice.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * What chaos strikes: two shards of three servers, two processes of the service, and an address
 * that is listed for the first shard without belonging to it. One fault at a time strikes one
 * shard.
 */
final class ChaosScene implements AutoCloseable {

  static final int SHARDS = 2;
  static final int PROCESSES = 2;
  static final Duration BOUND = Duration.ofMinutes(2);

  private static final String NAME = "drill-chaos";

  private final Random random;
  private final DrillCluster cluster;
  private final Topology topology;
  private final int strayPort;
  private final List<ServiceProcess> processes = new ArrayList<>();
  private int shard;

  ChaosScene(long seed) throws Exception {
    random = new Random(seed);
    // A run that was interrupted leaves servers as the last fault left them.
    FileTree.delete(Path.of("target", NAME));
    cluster = DrillCluster.start(NAME, SHARDS);
    // An empty shard is initialised only when all its servers answer.
    cluster.service().close();
    strayPort = Ports.choose(0, 1).get(0);
    List<Endpoint> first = new ArrayList<>(cluster.topology().shards().get(0));
    first.add(0, new Endpoint("127.0.0.1", strayPort));
    topology =
        new Topology(
            List.of(first, cluster.topology().shards().get(1)), cluster.topology().credentials());
    for (int process = 0; process < PROCESSES; process++) {
      processes.add(launch(process));
    }
    processes.forEach(ServiceProcess::awaitReady);
  }

  Random random() {
    return random;
  }

  DrillCluster cluster() {
    return cluster;
  }

  int strayPort() {
    return strayPort;
  }

  Credentials credentials() {
    return topology.credentials();
  }

  /** The shard that the present fault strikes. */
  int shard() {
    return shard;
  }

  void choose(int struck) {
    shard = struck;
  }

  EmbeddedServer primary() {
    return cluster.primary(shard);
  }

  EmbeddedServer replica() {
    return cluster.replicas(shard).get(random.nextInt(2));
  }

  /** Where the processes listen; a process that was replaced has another address. */
  List<URI> addresses() {
    return processes.stream().map(process -> process.address("/")).toList();
  }

  ServiceProcess process(int index) {
    return processes.get(index);
  }

  /** Starts a process in place of one that has ended. */
  void restart(int index) throws IOException {
    processes.get(index).close();
    ServiceProcess next = launch(index);
    next.awaitReady();
    processes.set(index, next);
  }

  /** Lets the fault last, for a time drawn between two durations. */
  void last(Duration least, Duration most) {
    long span = most.minus(least).toMillis();
    DrillTime.pass(least.plusMillis(random.nextInt((int) span)));
  }

  void execute(EmbeddedServer server, String... statements) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** The first column of the first row, as text. */
  String query(EmbeddedServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** A session that has none of the defaults that a fault gives the role. */
  private Connection connect(EmbeddedServer server) throws SQLException {
    return TestConnections.connect(
        server.endpoint(),
        credentials(),
        "default_transaction_isolation=read committed",
        "default_transaction_read_only=off");
  }

  /** What is wrong with a server's disk from now on, as {@code .ci/disk/faults.c} reads it. */
  void disk(EmbeddedServer server, String fault) throws IOException {
    Path control = diskOf(server);
    Path whole = control.resolveSibling(control.getFileName() + ".new");
    Files.writeString(whole, fault);
    Files.move(whole, control, StandardCopyOption.ATOMIC_MOVE);
  }

  void mend(EmbeddedServer server) throws IOException {
    Files.deleteIfExists(diskOf(server));
  }

  /** Undoes what a fault left behind, and waits until the shard has a primary and two replicas. */
  void recover() throws Exception {
    for (EmbeddedServer server : cluster.servers().servers()) {
      mend(server);
      if (server.shard() == shard) {
        eventually(() -> followThePrimary(server));
      }
    }
    eventually(this::resetRole);
    cluster.awaitStreaming(shard);
    cluster.endLag();
    processes.forEach(ServiceProcess::awaitReady);
  }

  /** Lets a replica stream from the primary that the cluster names. */
  void followThePrimary(EmbeddedServer replica) throws SQLException {
    execute(replica, "ALTER SYSTEM RESET primary_conninfo", "SELECT pg_reload_conf()");
  }

  void resetRole() throws SQLException {
    execute(primary(), "ALTER ROLE " + role() + " RESET ALL");
  }

  String role() {
    return credentials().username();
  }

  static void eventually(Attempt attempt) {
    Awaitility.await()
        .atMost(BOUND)
        .ignoreExceptions()
        .until(
            () -> {
              attempt.run();
              return true;
            });
  }

  @Override
  public void close() {
    processes.forEach(ServiceProcess::close);
    cluster.close();
  }

  private ServiceProcess launch(int index) throws IOException {
    return ServiceProcess.launchOn(
        topology, Path.of(NAME + "-service-" + index), "-Dusers.datasource.write-deadline=3s");
  }

  private static Path diskOf(EmbeddedServer server) {
    return server.dataDirectory().resolveSibling(server.dataDirectory().getFileName() + ".disk");
  }

  interface Attempt {
    void run() throws Exception;
  }
}
