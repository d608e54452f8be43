package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.userservice.TestCluster;
import dev.userservice.datasource.Endpoint;
import dev.userservice.topology.AnnouncedDiscovery;
import dev.userservice.topology.Topology;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that come and go while the service runs, on real PostgreSQL. */
final class EndpointChangeTest {

  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Endpoint first = TestCluster.topology().shards().get(0).get(0);
  private final Endpoint second = TestCluster.topology().shards().get(0).get(1);
  private final AnnouncedDiscovery discovery = new AnnouncedDiscovery(topology(List.of(first)));
  private final Vertx vertx = Vertx.vertx();
  private final ReplicationGroups groups = LiveGroups.of(vertx, discovery);

  @AfterEach
  void stop() {
    groups.stop(new ShutdownEvent());
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aServerThatAppearsIsProbedAndThenReadFrom() {
    ReplicationGroup group = started();
    try (ReadLoad load = new ReadLoad(vertx, group)) {
      await().atMost(BOUND).until(() -> load.answeredBy(first.port()) > 0);
      discovery.announce(List.of(first, second));
      assertThat(group.endpoints()).hasSize(2);
      await().atMost(BOUND).until(() -> LiveGroups.role(group, second) == Role.REPLICA);
      await().atMost(BOUND).until(() -> load.answeredBy(second.port()) > 100);
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void aServerThatVanishesIsLeftInPeace() throws Exception {
    ReplicationGroup group = started();
    try (ReadLoad load = new ReadLoad(vertx, group)) {
      for (int round = 0; round < 5; round++) {
        load.forbid(-1);
        discovery.announce(List.of(first, second));
        long before = load.answeredBy(second.port());
        await().atMost(BOUND).until(() -> load.answeredBy(second.port()) > before + 100);
        discovery.announce(List.of(first));
        load.forbid(second.port());
        await().atMost(BOUND).until(() -> LiveGroups.backends(second).isEmpty());
      }
      long after = load.answeredBy(first.port());
      await().atMost(BOUND).until(() -> load.answeredBy(first.port()) > after + 100);
      assertThat(load.failures()).isEmpty();
      assertThat(group.endpoints()).hasSize(1);
    }
  }

  @Test
  void aServerThatStaysKeepsItsConnections() throws Exception {
    ReplicationGroup group = started();
    try (ReadLoad load = new ReadLoad(vertx, group)) {
      await().atMost(BOUND).until(() -> load.answeredBy(first.port()) > 1000);
      MonitoredEndpoint staying = group.endpoints().get(0);
      Set<Integer> before = LiveGroups.backends(first);
      for (int round = 0; round < 10; round++) {
        discovery.announce(List.of(second, first));
        assertThat(group.endpoints().get(1)).isSameAs(staying);
        assertThat(group.primary()).containsSame(staying);
        discovery.announce(List.of(first));
      }
      assertThat(staying.state().role()).isEqualTo(Role.PRIMARY);
      assertThat(LiveGroups.backends(first)).containsAll(before).hasSize(before.size());
    }
  }

  @Test
  void thePrimaryMayLeaveAndComeBack() throws Exception {
    ReplicationGroup group = started();
    discovery.announce(List.of(first, second));
    MonitoredEndpoint primary = group.awaitPrimary(BOUND);
    try (Connection writing = primary.writes().dataSource().getConnection()) {
      writing.setAutoCommit(false);
      discovery.announce(List.of(second));
      assertThat(group.primary()).isEmpty();
      // A transaction that had begun may end.
      writing.createStatement().execute("CREATE TEMPORARY TABLE kept (id int)");
      writing.commit();
    }
    await().atMost(BOUND).until(() -> LiveGroups.backends(first).isEmpty());
    CompletableFuture<MonitoredEndpoint> next =
        CompletableFuture.supplyAsync(() -> group.awaitPrimary(BOUND));
    discovery.announce(List.of(second, first));
    assertThat(next.get(20, TimeUnit.SECONDS).endpoint()).isEqualTo(first);
    try (Connection writing = next.get().writes().dataSource().getConnection()) {
      assertThat(writing.isValid(2)).isTrue();
    }
  }

  @Test
  void callsToASilentServerThatVanishesFailInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ReplicationGroup group = started();
      Endpoint mute = new Endpoint("127.0.0.1", silent.getLocalPort(), "mute");
      discovery.announce(List.of(first, mute));
      MonitoredEndpoint unheard = group.endpoints().get(1);
      CompletableFuture<Object> call = new CompletableFuture<>();
      vertx.runOnContext(
          ignored ->
              unheard
                  .reads()
                  .execute("SELECT 1", Tuple.tuple())
                  .onComplete(call::complete, call::completeExceptionally));
      // The probe's connection and the call's, in whatever order.
      silent.accept();
      silent.accept();
      discovery.announce(List.of(first));
      assertThat(call)
          .failsWithin(BOUND)
          .withThrowableThat()
          .withMessageContaining("does not answer");
    }
  }

  @Test
  void theNumberOfShardsStays() {
    ReplicationGroup group = started();
    List<MonitoredEndpoint> before = group.endpoints();
    discovery.announce(
        new Topology(
            List.of(List.of(second), List.of(new Endpoint("127.0.0.1", 1))),
            TestCluster.topology().credentials()));
    assertThat(groups.all()).containsExactly(group);
    assertThat(group.endpoints()).isSameAs(before);
  }

  private ReplicationGroup started() {
    groups.start();
    return groups.all().get(0);
  }

  private static Topology topology(List<Endpoint> endpoints) {
    return new Topology(List.of(endpoints), TestCluster.topology().credentials());
  }
}
