package dev.userservice.topology.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.userservice.TestCluster;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.datasource.Endpoint;
import dev.userservice.kubernetes.ApiServer;
import dev.userservice.replication.LiveGroups;
import dev.userservice.replication.ReadLoad;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.replication.Role;
import dev.userservice.replication.TestConfiguration;
import dev.userservice.time.Ticker;
import dev.userservice.topology.TopologyConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads from real servers that EndpointSlices list and drop. */
final class KubernetesServersTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final Endpoint first = pod("users-1", 0);
  private final Endpoint second = pod("users-2", 1);
  private final ApiServer api = new ApiServer();
  private final Vertx vertx = Vertx.vertx();
  private final KubernetesDiscovery discovery = discovery();
  private final ReplicationGroups groups = LiveGroups.of(vertx, discovery);

  @AfterEach
  void stop() {
    groups.stop(new ShutdownEvent());
    discovery.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    api.close();
  }

  @Test
  void podsAreReadAsLongAsTheirSliceListsThem() throws Exception {
    api.put(slice(first));
    groups.start();
    ReplicationGroup group = groups.all().get(0);
    try (ReadLoad load = new ReadLoad(vertx, group)) {
      await().atMost(BOUND).until(() -> load.answeredBy(first.port()) > 0);
      api.put(slice(second));
      await().atMost(BOUND).until(() -> LiveGroups.role(group, second) == Role.REPLICA);
      await().atMost(BOUND).until(() -> load.answeredBy(second.port()) > 100);
      assertThat(group.endpoints())
          .extracting(Object::toString)
          .last()
          .asString()
          .contains("users-2");
      api.delete(slice(second));
      await().atMost(BOUND).until(() -> group.endpoints().size() == 1);
      load.forbid(second.port());
      await().atMost(BOUND).until(() -> LiveGroups.backends(second).isEmpty());
      api.delete(slice(first));
      long before = load.answeredBy(first.port());
      await().atMost(BOUND).until(() -> load.answeredBy(first.port()) > before + 100);
      assertThat(load.failures()).isEmpty();
    }
  }

  private static io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice slice(Endpoint pod) {
    return Slices.of(
        pod.name(), "users-r", "IPv4", pod.port(), Slices.ready(pod.name(), pod.host()));
  }

  private static Endpoint pod(String name, int index) {
    Endpoint server = TestCluster.topology().shards().get(0).get(index);
    return new Endpoint(server.host(), server.port(), name);
  }

  private KubernetesDiscovery discovery() {
    Credentials credentials = TestCluster.topology().credentials();
    SmallRyeConfig config =
        TestConfiguration.of(
            Map.of(
                "users.topology.kubernetes.services", "users-r",
                "users.topology.kubernetes.port", "postgres",
                "users.datasource.database", credentials.database(),
                "users.datasource.username", credentials.username(),
                "users.datasource.password", credentials.password()));
    return new KubernetesDiscovery(
        config.getConfigMapping(TopologyConfig.class).kubernetes(),
        config.getConfigMapping(DataSourceConfig.class),
        Ticker.system(),
        api::client);
  }
}
