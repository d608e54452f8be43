package dev.userservice.replication;

import dev.userservice.TestCluster;
import dev.userservice.TestConnections;
import dev.userservice.datasource.ConnectionFactory;
import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.datasource.Endpoint;
import dev.userservice.time.Ticker;
import dev.userservice.topology.AnnouncedDiscovery;
import dev.userservice.topology.EndpointDiscovery;
import dev.userservice.topology.Topology;
import io.agroal.api.transaction.TransactionIntegration;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Replication groups on real servers, outside the service, and what those see of them. */
public final class LiveGroups {

  private LiveGroups() {}

  /** Groups on the servers of a topology, found and watched; whoever started them stops them. */
  public static ReplicationGroups started(
      Vertx vertx, Topology topology, Map<String, String> settings) {
    return started(vertx, new AnnouncedDiscovery(topology), settings);
  }

  /** The same with a discovery that may announce other servers afterwards. */
  public static ReplicationGroups started(
      Vertx vertx, EndpointDiscovery discovery, Map<String, String> settings) {
    ReplicationGroups groups = of(vertx, discovery, settings);
    groups.start();
    return groups;
  }

  /** Ends them. */
  public static void stop(ReplicationGroups groups) {
    groups.stop(new ShutdownEvent());
  }

  public static ReplicationGroups of(Vertx vertx, EndpointDiscovery discovery) {
    return of(vertx, discovery, Map.of());
  }

  private static ReplicationGroups of(
      Vertx vertx, EndpointDiscovery discovery, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("users.datasource.connect-timeout", "2s");
    all.put("users.datasource.write-deadline", "20s");
    all.put("users.replication.probe-interval", "50ms");
    SmallRyeConfig config = TestConfiguration.of(all);
    ConnectionFactory connections =
        new ConnectionFactory(
            config.getConfigMapping(DataSourceConfig.class),
            vertx,
            Ticker.system(),
            TransactionIntegration.none());
    return new ReplicationGroups(
        () -> discovery,
        connections,
        config.getConfigMapping(ReplicationConfig.class),
        vertx,
        Ticker.system());
  }

  public static Role role(ReplicationGroup group, Endpoint endpoint) {
    return group.endpoints().stream()
        .filter(each -> each.endpoint().equals(endpoint))
        .map(each -> each.state().role())
        .findFirst()
        .orElse(Role.UNKNOWN);
  }

  /** The service's own connections, as a server of the test cluster sees them. */
  public static Set<Integer> backends(Endpoint server) throws SQLException {
    Set<Integer> found = new TreeSet<>();
    Endpoint plain = new Endpoint(server.host(), server.port());
    try (Connection connection =
            TestConnections.connect(plain, TestCluster.topology().credentials());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'user-service'")) {
      while (rows.next()) {
        found.add(rows.getInt(1));
      }
    }
    return found;
  }
}
