package dev.userservice;

import dev.userservice.embedded.EmbeddedCluster;
import dev.userservice.embedded.EmbeddedSettings;
import dev.userservice.topology.Topology;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One real cluster for tests that need PostgreSQL but not the service. It is stopped at the end.
 */
public final class TestCluster {

  private static final EmbeddedCluster CLUSTER = start();

  private TestCluster() {}

  /** The servers. */
  public static Topology topology() {
    return CLUSTER.topology();
  }

  /** The cluster, for tests that stop servers. */
  public static EmbeddedCluster cluster() {
    return CLUSTER;
  }

  /** A connection to the first server of a shard, its primary unless a test has stopped it. */
  public static Connection primary(int shard) throws SQLException {
    return TestConnections.connect(topology().shards().get(shard).get(0), topology().credentials());
  }

  private static EmbeddedCluster start() {
    EmbeddedCluster cluster =
        EmbeddedCluster.start(EmbeddedSettings.in(Path.of("target/test-cluster")).sized(1, 1));
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "test-cluster-stop"));
    return cluster;
  }
}
