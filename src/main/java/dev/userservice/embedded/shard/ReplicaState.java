package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of the replicas as the primary reports it.
 *
 * @param attached names of the replicas that receive WAL
 * @param lostSlots slots whose WAL is no longer kept; their replicas cannot catch up
 */
record ReplicaState(Set<String> attached, Set<String> lostSlots) {

  private static final String STATE =
      """
      SELECT 'attached', application_name FROM pg_stat_replication
       UNION ALL
      SELECT 'lost', slot_name FROM pg_replication_slots WHERE wal_status = 'lost'
      """;

  static ReplicaState seenBy(PostgresServer primary, ShardServers servers) throws SQLException {
    try (Statements statements = servers.statements(primary)) {
      List<Named> found =
          statements.query(STATE, row -> new Named(row.getString(1), row.getString(2)));
      return new ReplicaState(names(found, "attached"), names(found, "lost"));
    }
  }

  private static Set<String> names(List<Named> found, String kind) {
    return found.stream()
        .filter(named -> named.kind().equals(kind))
        .map(Named::name)
        .collect(Collectors.toSet());
  }

  private record Named(String kind, String name) {}
}
