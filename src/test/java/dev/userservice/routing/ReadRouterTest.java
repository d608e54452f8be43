package dev.userservice.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.userservice.TestCluster;
import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.Consistency.Level;
import dev.userservice.consistency.ConsistencyToken;
import dev.userservice.datasource.Endpoint;
import dev.userservice.replication.LiveGroups;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.replication.Role;
import dev.userservice.replication.TestGroups;
import dev.userservice.routing.Served.Reason;
import dev.userservice.topology.AnnouncedDiscovery;
import dev.userservice.topology.Topology;
import dev.userservice.wal.LogPosition;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which server answers a read, and why, on a real primary and its replica. */
final class ReadRouterTest {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final ReadStatement<Integer> PORT =
      ReadStatement.point(
          "SELECT inet_server_port() AS port", rows -> rows.iterator().next().getInteger(0));

  private final Vertx vertx = Vertx.vertx();
  private final List<ReplicationGroups> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(LiveGroups::stop);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private ReplicationGroup group(List<Endpoint> servers) {
    Topology topology = new Topology(List.of(servers), TestCluster.topology().credentials());
    ReplicationGroups groups = LiveGroups.started(vertx, topology, Map.of());
    started.add(groups);
    return groups.all().get(0);
  }

  private ReplicationGroup bothServers() {
    ReplicationGroup group = group(TestCluster.topology().shards().get(0));
    await()
        .atMost(BOUND)
        .until(() -> roles(group).containsAll(List.of(Role.PRIMARY, Role.REPLICA)));
    return group;
  }

  private static List<Role> roles(ReplicationGroup group) {
    return group.endpoints().stream().map(server -> server.state().role()).toList();
  }

  private <T> Served<T> read(
      ReplicationGroup group, ReadStatement<T> statement, Consistency consistency) {
    return get(TestRouters.on(vertx).to(group).read(statement, Tuple.tuple(), consistency));
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static Consistency session(LogPosition seen) {
    return new Consistency(Level.SESSION, 0, new ConsistencyToken(new TreeMap<>(Map.of(0, seen))));
  }

  private static Endpoint nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Endpoint("127.0.0.1", socket.getLocalPort());
    }
  }

  @Test
  void eventualReadIsAnsweredByTheReplica() {
    Served<Integer> served = read(bothServers(), PORT, Consistency.EVENTUAL);
    assertThat(served.role()).isEqualTo(Role.REPLICA);
    assertThat(served.reason()).isEqualTo(Reason.CHOSEN);
    assertThat(served.endpoint().port()).isEqualTo(served.value());
  }

  @Test
  void strongReadIsAnsweredByThePrimary() {
    Served<Integer> served =
        read(bothServers(), PORT, new Consistency(Level.STRONG, 0, ConsistencyToken.EMPTY));
    assertThat(served.role()).isEqualTo(Role.PRIMARY);
    assertThat(served.reason()).isEqualTo(Reason.STRONG);
    assertThat(served.stalenessNanos()).isZero();
  }

  @Test
  void boundOfNothingIsSatisfiedByThePrimaryAlone() {
    Served<Integer> served =
        read(bothServers(), PORT, new Consistency(Level.BOUNDED, 0, ConsistencyToken.EMPTY));
    assertThat(served.role()).isEqualTo(Role.PRIMARY);
    assertThat(served.reason()).isEqualTo(Reason.NO_REPLICA);
  }

  @Test
  void sessionReadShowsThePositionThatTheSessionHasSeen() throws Exception {
    ReplicationGroup group = bothServers();
    for (int write = 0; write < 20; write++) {
      LogPosition seen = new LogPosition(group.timeline(), written());
      Served<Integer> served = read(group, PORT, session(seen));
      assertThat(served.position().reaches(seen)).as("%s", served).isTrue();
    }
  }

  @Test
  void sessionReadGoesToThePrimaryWhenNoReplicaCatchesUpInTime() {
    ReplicationGroup group = bothServers();
    Served<Integer> served = read(group, PORT, session(LogPosition.endOf(group.timeline())));
    assertThat(served.role()).isEqualTo(Role.PRIMARY);
    assertThat(served.reason()).isEqualTo(Reason.NO_REPLICA);
  }

  @Test
  void failedServerCostsARepetitionAndIsNotAskedAgain() throws Exception {
    List<Endpoint> servers = new ArrayList<>(TestCluster.topology().shards().get(0));
    servers.add(0, nobody());
    AnnouncedDiscovery discovery = new AnnouncedDiscovery(TestCluster.topology());
    started.add(LiveGroups.started(vertx, discovery, Map.of()));
    discovery.announce(servers);
    ReplicationGroup group = started.get(0).all().get(0);
    ReadRouter router = TestRouters.on(vertx).to(group);
    for (int read = 0; read < 50; read++) {
      Served<Integer> served = get(router.read(PORT, Tuple.tuple(), Consistency.EVENTUAL));
      assertThat(served.value()).isNotEqualTo(servers.get(0).port());
    }
  }

  @Test
  void errorOfTheStatementIsTheCallersAndBlamesNoServer() {
    ReplicationGroup group = bothServers();
    ReadStatement<Integer> wrong = ReadStatement.scan("SELECT 1 / 0 AS one", rows -> rows.size());
    assertThatThrownBy(() -> read(group, wrong, Consistency.EVENTUAL))
        .hasCauseInstanceOf(PgException.class);
    assertThat(roles(group)).doesNotContain(Role.UNKNOWN);
  }

  @Test
  void readFailsWhenEveryServerWasAsked() {
    ReplicationGroup group = TestGroups.of(Role.REPLICA, Role.UNKNOWN);
    assertThatThrownBy(() -> read(group, PORT, Consistency.EVENTUAL))
        .hasCauseInstanceOf(NoEndpointException.class)
        .hasMessageContaining("No server of shard 0 answers");
  }

  /** Moves the primary's log on; answers an LSN that only servers with the change have reached. */
  private static long written() throws Exception {
    try (Connection connection = TestCluster.primary(0);
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_logical_emit_message(true, 'test', 'moves the log on')");
      try (var rows = statement.executeQuery("SELECT pg_current_wal_flush_lsn()::text")) {
        rows.next();
        return LogPosition.parseLsn(rows.getString(1));
      }
    }
  }
}
