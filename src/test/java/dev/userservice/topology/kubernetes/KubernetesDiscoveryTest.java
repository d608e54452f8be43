package dev.userservice.topology.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.datasource.Endpoint;
import dev.userservice.kubernetes.ApiServer;
import dev.userservice.replication.TestConfiguration;
import dev.userservice.time.Ticker;
import dev.userservice.topology.Topology;
import dev.userservice.topology.TopologyConfig;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The servers of Services, by an API server that fails in several ways. */
final class KubernetesDiscoveryTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final ApiServer api = new ApiServer();
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "users.topology.kubernetes.services", "users-0-r,users-1-r",
              "users.topology.kubernetes.resync", "1s"));
  private final AtomicReference<Topology> latest = new AtomicReference<>();
  private KubernetesDiscovery discovery = discovery();

  @AfterEach
  void stop() {
    discovery.stop();
    api.close();
  }

  @Test
  void isActiveWhenServicesAreConfigured() {
    assertThat(discovery.active()).isTrue();
    settings.remove("users.topology.kubernetes.services");
    assertThat(discovery().active()).isFalse();
  }

  @Test
  void findsTheServersOfEachServiceInShardOrder() {
    api.put(Slices.of("b-1", "users-1-r", Slices.ready("b-1", "10.0.1.1")));
    api.put(Slices.of("a-2", "users-0-r", Slices.ready("a-2", "10.0.0.2")));
    api.put(Slices.of("a-1", "users-0-r", Slices.ready("a-1", "10.0.0.1")));
    api.put(Slices.of("other", "billing", Slices.ready("c-1", "10.0.9.1")));
    assertThat(discovery.discover(BOUND).shards())
        .containsExactly(
            List.of(server("a-1", 0, 1), server("a-2", 0, 2)), List.of(server("b-1", 1, 1)));
  }

  @Test
  void reportsChanges() {
    started();
    api.put(Slices.of("a-2", "users-0-r", Slices.ready("a-2", "10.0.0.2")));
    awaitShard(0, server("a-1", 0, 1), server("a-2", 0, 2));
    api.put(Slices.of("a-1", "users-0-r", Slices.endpoint("a-1", "10.0.0.1", false, true)));
    awaitShard(0, server("a-2", 0, 2));
    api.delete(Slices.of("b-1", "users-0-r"));
    api.put(Slices.of("b-2", "users-1-r", Slices.ready("b-2", "10.0.1.2")));
    awaitShard(1, server("b-2", 1, 2));
  }

  @Test
  void emptyServiceKeepsItsServersAndOthersStillChange() {
    started();
    api.delete(Slices.of("a-1", "users-0-r"));
    int listed = api.watches();
    await("a list without it").atMost(BOUND).until(() -> api.watches() > listed + 1);
    api.put(Slices.of("b-1", "users-1-r", Slices.ready("b-2", "10.0.1.2")));
    awaitShard(1, server("b-2", 1, 2));
    assertThat(serversOf(0)).containsExactly(server("a-1", 0, 1));
    api.put(Slices.of("a-3", "users-0-r", Slices.ready("a-3", "10.0.0.3")));
    awaitShard(0, server("a-3", 0, 3));
  }

  @Test
  void topologyWithAnAddressInTwoServicesIsIgnored() {
    started();
    api.put(
        Slices.of(
            "b-1", "users-1-r", Slices.ready("b-1", "10.0.1.1"), Slices.ready("b-9", "10.0.0.1")));
    api.put(Slices.of("a-1", "users-0-r", Slices.ready("a-2", "10.0.0.2")));
    awaitShard(0, server("a-2", 0, 2));
    assertThat(serversOf(1))
        .containsExactly(server("b-1", 1, 1), new Endpoint("10.0.0.1", 5432, "b-9"));
  }

  @Test
  void internalErrorsOnlyDelayTheStart() {
    api.failNext(3, ApiServer.READ, new MockResponse().setResponseCode(500));
    started();
    assertThat(api.faultsLeft()).isZero();
  }

  @Test
  void endedWatchIsOpenedAgain() {
    api.failNext(1, ApiServer.WATCH, new MockResponse().setResponseCode(410));
    api.failNext(1, ApiServer.WATCH, events("ERROR", ApiServer.status(410, "Expired", "too old")));
    started();
    await().atMost(BOUND).until(() -> api.faultsLeft() == 0);
    api.put(Slices.of("a-2", "users-0-r", Slices.ready("a-2", "10.0.0.2")));
    awaitShard(0, server("a-1", 0, 1), server("a-2", 0, 2));
  }

  @Test
  void knownServersAreKeptWhileTheApiIsDown() {
    started();
    Topology before = latest.get();
    api.network().down();
    api.put(Slices.of("a-2", "users-0-r", Slices.ready("a-2", "10.0.0.2")));
    await().atMost(BOUND).until(() -> discovery.failure() != null);
    assertThat(latest.get()).isSameAs(before);
    api.network().up();
    awaitShard(0, server("a-1", 0, 1), server("a-2", 0, 2));
    await().atMost(BOUND).until(() -> discovery.failure() == null);
  }

  @Test
  void changesArriveByTheWatchWithoutAList() {
    settings.put("users.topology.kubernetes.resync", "1h");
    discovery = discovery();
    started();
    await().atMost(BOUND).until(() -> api.watches() == 1);
    AtomicInteger number = new AtomicInteger(1);
    // This API server does not report a change between a list and its watch, so the change is
    // repeated.
    await()
        .atMost(BOUND)
        .until(
            () -> {
              String pod = "a-" + number.incrementAndGet();
              api.put(Slices.of("a-x", "users-0-r", Slices.ready(pod, "10.0.0." + number)));
              return serversOf(0).size() == 2;
            });
    assertThat(api.watches()).isEqualTo(1);
  }

  @Test
  void nextListFindsWhatASilentWatchMissed() {
    started();
    await().atMost(BOUND).until(() -> api.watches() > 0);
    api.network().silenceOpenOnes();
    api.put(Slices.of("a-2", "users-0-r", Slices.ready("a-2", "10.0.0.2")));
    awaitShard(0, server("a-1", 0, 1), server("a-2", 0, 2));
  }

  @Test
  void startWithoutTheApiNamesTheServicesInOneLine() {
    api.network().down();
    discovery = discovery();
    assertThatThrownBy(() -> discovery.discover(Duration.ofSeconds(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "No endpoints of Service users-0-r, users-1-r in namespace shop within PT2S:"
                + " the Kubernetes API says ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void startWithoutPermissionQuotesTheApi() {
    api.failNext(
        1000, ApiServer.READ, ApiServer.refusal(403, "Forbidden", "endpointslices is forbidden"));
    discovery = discovery();
    assertThatThrownBy(() -> discovery.discover(Duration.ofSeconds(2)))
        .hasMessageEndingWith("the Kubernetes API says 403 endpointslices is forbidden");
  }

  @Test
  void startWithoutOneServiceNamesIt() {
    api.put(Slices.of("a-1", "users-0-r", Slices.ready("a-1", "10.0.0.1")));
    discovery = discovery();
    assertThatThrownBy(() -> discovery.discover(Duration.ofSeconds(2)))
        .hasMessage(
            "No endpoints of Service users-1-r in namespace shop within PT2S:"
                + " check that it exists and selects pods");
  }

  @Test
  void invalidSettingsAreRefused() {
    settings.put("users.topology.kubernetes.services", "users-0-r,users-0-r");
    assertThatThrownBy(() -> discovery().discover(BOUND))
        .hasMessageContaining("users.topology.kubernetes.services names a Service twice");
    settings.put("users.topology.kubernetes.services", "users-0-r");
    settings.put("users.topology.kubernetes.resync", "0s");
    assertThatThrownBy(() -> discovery().discover(BOUND))
        .hasMessageContaining("users.topology.kubernetes.resync is PT0S");
  }

  /** One server each, found. */
  private void started() {
    api.put(Slices.of("a-1", "users-0-r", Slices.ready("a-1", "10.0.0.1")));
    api.put(Slices.of("b-1", "users-1-r", Slices.ready("b-1", "10.0.1.1")));
    Topology first = discovery.discover(BOUND);
    assertThat(first.shards())
        .containsExactly(List.of(server("a-1", 0, 1)), List.of(server("b-1", 1, 1)));
    discovery.watch(latest::set);
    assertThat(latest.get()).isEqualTo(first);
  }

  private List<Endpoint> serversOf(int shard) {
    return Objects.requireNonNull(latest.get()).shards().get(shard);
  }

  private void awaitShard(int shard, Endpoint... servers) {
    await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(serversOf(shard)).containsExactly(servers));
  }

  private KubernetesDiscovery discovery() {
    SmallRyeConfig config = TestConfiguration.of(settings);
    return new KubernetesDiscovery(
        config.getConfigMapping(TopologyConfig.class).kubernetes(),
        config.getConfigMapping(DataSourceConfig.class),
        Ticker.system(),
        api::client);
  }

  private static MockResponse events(String type, String object) {
    return new MockResponse()
        .withWebSocketUpgrade(
            new WebSocketListener() {
              @Override
              public void onOpen(WebSocket socket, Response response) {
                socket.send("{\"type\":\"%s\",\"object\":%s}".formatted(type, object));
              }
            });
  }

  private static Endpoint server(String pod, int shard, int number) {
    return new Endpoint("10.0.%d.%d".formatted(shard, number), 5432, pod);
  }
}
