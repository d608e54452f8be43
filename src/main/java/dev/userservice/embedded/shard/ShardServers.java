package dev.userservice.embedded.shard;

import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.server.ConfigurationFile;
import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The servers of one shard, and their configuration as primary and replicas. */
record ShardServers(int shard, List<PostgresServer> all, ClusterContext cluster) {

  /** One server for each port. */
  static ShardServers of(int shard, List<Integer> ports, ClusterContext cluster) {
    List<PostgresServer> all =
        IntStream.range(0, ports.size())
            .mapToObj(index -> server(name(shard, index), ports.get(index), cluster))
            .toList();
    return new ShardServers(shard, all, cluster);
  }

  static String name(int shard, int index) {
    return "shard-" + shard + "-" + (char) ('a' + index);
  }

  List<PostgresServer> except(PostgresServer one) {
    return all.stream().filter(server -> server != one).toList();
  }

  /** Writes a server's settings for any role that it may have under this primary. */
  void configure(PostgresServer server, DataDirectory data, PostgresServer primary)
      throws IOException {
    Map<String, String> settings = ConfigurationFile.common();
    settings.put("port", Integer.toString(server.endpoint().port()));
    settings.put("cluster_name", server.name());
    settings.put("synchronous_standby_names", quorum(server));
    if (server != primary) {
      settings.put("primary_conninfo", connectionTo(primary, server));
      settings.put("primary_slot_name", server.slot());
    }
    settings.putAll(cluster.settings());
    new ConfigurationFile(data).write(settings);
  }

  void configure(PostgresServer server, PostgresServer primary) throws IOException {
    configure(server, server.data(), primary);
  }

  Statements statements(PostgresServer server) throws SQLException {
    return Statements.open(server.endpoint(), cluster.credentials());
  }

  /**
   * Creates the replication slots of all other servers on the primary, or on the replica that is
   * about to be promoted.
   */
  void makeSlots(PostgresServer primary) throws SQLException {
    try (Statements statements = statements(primary)) {
      for (PostgresServer other : except(primary)) {
        statements.query(
            "SELECT pg_create_physical_replication_slot(name) FROM (VALUES (?)) AS wanted (name)"
                + " WHERE name NOT IN (SELECT slot_name FROM pg_replication_slots)",
            row -> "",
            other.slot());
      }
    }
  }

  private String quorum(PostgresServer server) {
    List<PostgresServer> others = except(server);
    return others.isEmpty()
        ? ""
        : others.stream()
            .map(other -> '"' + other.name() + '"')
            .collect(Collectors.joining(", ", "ANY 1 (", ")"));
  }

  private String connectionTo(PostgresServer primary, PostgresServer replica) {
    return "host="
        + primary.endpoint().host()
        + " port="
        + primary.endpoint().port()
        + " user="
        + cluster.credentials().username()
        + " application_name="
        + replica.name()
        + " passfile='"
        + cluster.directory().passFile().toString().replace("\\", "\\\\").replace("'", "\\'")
        + "' connect_timeout=2 sslmode=disable gssencmode=disable"
        + " keepalives_idle=10 keepalives_interval=5 keepalives_count=3";
  }

  private static PostgresServer server(String name, int port, ClusterContext cluster) {
    Endpoint endpoint = new Endpoint("127.0.0.1", port);
    return new PostgresServer(
        name, endpoint, cluster.directory(), cluster.programs(), cluster.polling());
  }
}
