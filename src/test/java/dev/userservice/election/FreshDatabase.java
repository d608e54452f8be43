package dev.userservice.election;

import dev.userservice.TestCluster;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.replication.LiveGroups;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.replication.Topology;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** An empty database on the test cluster, as a shard of its own. */
public final class FreshDatabase implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Topology topology;
  private final ReplicationGroups groups;

  public FreshDatabase() throws SQLException {
    String name = "fresh_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = TestCluster.primary(0);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    Credentials owner = TestCluster.topology().credentials();
    topology =
        new Topology(
            List.of(TestCluster.topology().shards().get(0)),
            new Credentials(name, owner.username(), owner.password()));
    groups = LiveGroups.started(vertx, topology);
  }

  /** The shard. */
  public ReplicationGroup group() {
    return groups.all().get(0);
  }

  /** The shard as all there are. */
  public ReplicationGroups groups() {
    return groups;
  }

  /** A session of an administrator on the primary. */
  public Connection connect() throws SQLException {
    Endpoint primary = group().primary().orElseThrow().endpoint();
    return TestConnections.connect(primary, topology.credentials());
  }

  /** The first column of the first row. */
  public String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** A leadership of the given number. */
  public static Leadership leadership(long epoch) {
    return new Leadership(new Term(epoch, Long.MAX_VALUE, System::nanoTime));
  }

  /** Makes the database able to vote and to fence. */
  public FreshDatabase withElection() throws SQLException {
    try (Connection connection = connect()) {
      ElectionSchema.ensure(connection);
    }
    return this;
  }

  @Override
  public void close() {
    LiveGroups.stop(groups);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
