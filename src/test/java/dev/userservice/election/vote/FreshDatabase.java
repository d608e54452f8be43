package dev.userservice.election.vote;

import dev.userservice.TestCluster;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.leader.Leadership;
import dev.userservice.leader.Term;
import dev.userservice.replication.LiveGroups;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.topology.Topology;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An empty database on the test cluster, as a shard of its own. */
public final class FreshDatabase implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Credentials owner;
  private final ReplicationGroups groups;

  /** Used by its owner, who may do everything. */
  public FreshDatabase() throws SQLException {
    this(created(), TestCluster.topology().credentials(), Map.of());
  }

  private FreshDatabase(String name, Credentials login, Map<String, String> settings) {
    Credentials cluster = TestCluster.topology().credentials();
    owner = new Credentials(name, cluster.username(), cluster.password());
    Topology topology =
        new Topology(
            List.of(TestCluster.topology().shards().get(0)),
            new Credentials(name, login.username(), login.password()));
    groups = LiveGroups.started(vertx, topology, settings);
  }

  /** Used by a role that may read and write, and migrated by one that may change the schema. */
  public static FreshDatabase withTwoRoles() throws SQLException {
    String name = created();
    String roles =
        """
        CREATE ROLE %1$s_app LOGIN PASSWORD 'app' IN ROLE pg_monitor;
        CREATE ROLE %1$s_migrator LOGIN PASSWORD 'migrator';
        GRANT CREATE ON DATABASE %1$s TO %1$s_migrator;
        GRANT CREATE ON SCHEMA public TO %1$s_migrator;
        ALTER DEFAULT PRIVILEGES FOR ROLE %1$s_migrator GRANT USAGE ON SCHEMAS TO %1$s_app;
        ALTER DEFAULT PRIVILEGES FOR ROLE %1$s_migrator
          GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %1$s_app;
        """
            .formatted(name);
    Credentials cluster = TestCluster.topology().credentials();
    try (Connection connection =
            TestConnections.connect(
                TestCluster.topology().shards().get(0).get(0),
                new Credentials(name, cluster.username(), cluster.password()));
        Statement statement = connection.createStatement()) {
      statement.execute(roles);
    }
    return new FreshDatabase(
        name,
        new Credentials(name, name + "_app", "app"),
        Map.of(
            "users.datasource.migrator-username",
            name + "_migrator",
            "users.datasource.migrator-password",
            "migrator"));
  }

  private static String created() throws SQLException {
    String name = "fresh_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = TestCluster.primary(0);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
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
    return TestConnections.connect(primary, owner);
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

  /** Makes the database able to vote and to fence, as a process does that looks at the vote. */
  public FreshDatabase withElection() throws SQLException {
    MonitoredEndpoint primary = group().primary().orElseThrow();
    try (Connection connection =
        primary.writes().unpooled("test", Duration.ofSeconds(30)).getConnection()) {
      ElectionSchema.ensure(
          connection,
          () -> primary.writes().unpooledForMigrator("test", Duration.ZERO).getConnection());
    }
    return this;
  }

  @Override
  public void close() {
    LiveGroups.stop(groups);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
