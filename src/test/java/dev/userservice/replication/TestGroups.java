package dev.userservice.replication;

import dev.userservice.TestSettings;
import dev.userservice.datasource.ConnectionFactory;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.datasource.Endpoint;
import dev.userservice.time.Ticker;
import dev.userservice.wal.LogPosition;
import io.agroal.api.transaction.TransactionIntegration;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Replication groups in a given state, without servers behind them. */
public final class TestGroups {

  private static final long SYSTEM = 77;

  private TestGroups() {}

  static final ConnectionFactory CONNECTIONS =
      new ConnectionFactory(
          TestSettings.byDefault(DataSourceConfig.class),
          Vertx.vertx(),
          Ticker.system(),
          TransactionIntegration.none());

  /** Sets what is known of a server of the group. */
  public static void set(
      ReplicationGroup group, MonitoredEndpoint server, Role role, LogPosition position) {
    if (role == Role.PRIMARY) {
      group.follow(position, new TreeMap<>());
    }
    EndpointState state = new EndpointState(role, position);
    if (role == Role.UNKNOWN) {
      group.update(server, state);
    } else {
      group.found(server, new Probe.Answer(state, true, SYSTEM, true, null), 0);
    }
  }

  /** Has the group judge positions by a timeline that began at an LSN of the one before. */
  public static void promote(ReplicationGroup group, LogPosition primary, long began) {
    TreeMap<Integer, Long> begins = new TreeMap<>();
    for (int timeline = 2; timeline <= primary.timeline(); timeline++) {
      begins.put(timeline, began);
    }
    group.follow(primary, begins);
  }

  /** A group of one server per role, each of which was probed. */
  public static ReplicationGroup of(Role... roles) {
    ReplicationGroup group = new ReplicationGroup(0, servers(roles));
    group.endpoints().forEach(server -> group.update(server, server.state()));
    return group;
  }

  /** One server per role. One whose role is unknown was never probed. */
  static List<MonitoredEndpoint> servers(Role... roles) {
    List<MonitoredEndpoint> endpoints = new ArrayList<>();
    for (Role role : roles) {
      EndpointState state = new EndpointState(role, new LogPosition(1, 0));
      endpoints.add(
          new MonitoredEndpoint(
              CONNECTIONS.connections(
                  new Endpoint("127.0.0.1", 5000 + endpoints.size()),
                  new Credentials("users", "users", "")),
              state));
    }
    return endpoints;
  }
}
