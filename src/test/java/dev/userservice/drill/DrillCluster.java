package dev.userservice.drill;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.EmbeddedCluster;
import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.embedded.EmbeddedSettings;
import dev.userservice.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A cluster that the test's own JVM runs, with two replicas per shard, so that a drill can pause
 * and kill single servers. The service uses it as it uses any PostgreSQL installation.
 */
final class DrillCluster implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Path directory;
  private final EmbeddedCluster cluster;
  private final ReplayLag lag;
  private final int replicas;

  private DrillCluster(Path directory, EmbeddedCluster cluster, int replicas) {
    this.directory = directory;
    this.cluster = cluster;
    this.replicas = replicas;
    this.lag = new ReplayLag(cluster.topology().credentials());
  }

  /** Starts the servers below {@code target}, with the data of an earlier run, if there is any. */
  static DrillCluster start(String name, int shards) throws SQLException {
    return start(name, shards, 2);
  }

  /** The same with another number of replicas per shard. */
  static DrillCluster start(String name, int shards, int replicas) throws SQLException {
    Path directory = Path.of("target", name);
    DrillCluster drill =
        new DrillCluster(
            directory,
            EmbeddedCluster.start(
                EmbeddedSettings.in(directory.resolve("cluster")).sized(shards, replicas)),
            replicas);
    try {
      drill.endLag();
      for (int shard = 0; shard < shards; shard++) {
        drill.awaitStreaming(shard);
      }
      return drill;
    } catch (SQLException | RuntimeException failed) {
      drill.close();
      throw failed;
    }
  }

  /** Starts the service on the servers themselves. */
  ServiceProcess service(String... options) throws IOException {
    return service(cluster.topology(), "service", options);
  }

  /** Starts a service on other addresses of the same servers. The name is that of its log. */
  ServiceProcess service(Topology topology, String name, String... options) throws IOException {
    return ServiceProcess.startOn(topology, Path.of(directory.getFileName() + "-" + name), options);
  }

  /** Launches a service on the servers, without waiting for it. */
  ServiceProcess launch(String name, String... options) throws IOException {
    return ServiceProcess.launchOn(
        cluster.topology(), Path.of(directory.getFileName() + "-" + name), options);
  }

  /** The same, with the program in another folder. */
  ServiceProcess launch(String name, Path folder, String... options) throws IOException {
    return ServiceProcess.launchOn(
        cluster.topology(), Path.of(directory.getFileName() + "-" + name), folder, options);
  }

  EmbeddedCluster servers() {
    return cluster;
  }

  Topology topology() {
    return cluster.topology();
  }

  ReplayLag lag() {
    return lag;
  }

  EmbeddedServer primary(int shard) {
    return servers(shard, true).get(0);
  }

  List<EmbeddedServer> replicas(int shard) {
    return servers(shard, false);
  }

  /** Waits until all replicas of a shard receive the primary's log. */
  void awaitStreaming(int shard) {
    Awaitility.await().atMost(BOUND).ignoreExceptions().until(() -> streaming(shard) == replicas);
  }

  /**
   * Kills a shard's primary and waits until another one has two replicas, none of which lags. All
   * processes of the server are killed at once, as when a machine or a container fails: back ends
   * that outlive their postmaster show writes that no replica has (ADR 8).
   */
  void replacePrimary(int shard) throws SQLException {
    EmbeddedServer dead = primary(shard);
    cluster.pause(dead);
    cluster.kill(dead);
    Awaitility.await().atMost(BOUND).until(() -> !primary(shard).name().equals(dead.name()));
    awaitStreaming(shard);
    endLag();
  }

  @Override
  public void close() {
    cluster.close();
  }

  /** Ends the lag of all servers, also of one that was copied from a lagging server. */
  void endLag() throws SQLException {
    for (EmbeddedServer server : cluster.servers()) {
      Awaitility.await().atMost(BOUND).ignoreExceptions().until(() -> answers(server.endpoint()));
      lag.end(server.endpoint());
    }
  }

  private boolean answers(Endpoint server) throws SQLException {
    return query(server, "SELECT 1") == 1;
  }

  private long streaming(int shard) throws SQLException {
    return query(
        primary(shard).endpoint(),
        "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'");
  }

  private long query(Endpoint server, String sql) throws SQLException {
    try (Connection connection = TestConnections.connect(server, topology().credentials());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<EmbeddedServer> servers(int shard, boolean primary) {
    return cluster.servers().stream()
        .filter(server -> server.shard() == shard && server.primary() == primary)
        .toList();
  }
}
