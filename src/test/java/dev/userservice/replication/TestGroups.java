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

/** Replication groups in a given state, without servers behind them. */
public final class TestGroups {

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
    group.update(server, new EndpointState(role, position));
  }

  /** A group of one server per role. */
  public static ReplicationGroup of(Role... roles) {
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
    return new ReplicationGroup(0, endpoints);
  }
}
