package dev.userservice.topology.kubernetes;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.datasource.Endpoint;
import dev.userservice.kubernetes.ApiException;
import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.time.Ticker;
import dev.userservice.topology.EndpointDiscovery;
import dev.userservice.topology.Topology;
import dev.userservice.topology.TopologyConfig;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Discovers the servers of one Kubernetes Service per shard by the Services' EndpointSlices. Needs
 * the right to get, list and watch {@code endpointslices} in the Services' namespace. The client of
 * the API is made only if this discovery is the active one.
 */
@Singleton
final class KubernetesDiscovery implements EndpointDiscovery {

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private final TopologyConfig.KubernetesServices config;
  private final DataSourceConfig dataSource;
  private final Ticker ticker;
  private final Supplier<KubernetesApi> api;
  private @Nullable LastKnownTopology topology;
  private @Nullable EndpointSliceWatch watch;

  @Inject
  KubernetesDiscovery(
      TopologyConfig topology,
      DataSourceConfig dataSource,
      Ticker ticker,
      Instance<KubernetesApi> api) {
    this(topology.kubernetes(), dataSource, ticker, api::get);
  }

  KubernetesDiscovery(
      TopologyConfig.KubernetesServices config,
      DataSourceConfig dataSource,
      Ticker ticker,
      Supplier<KubernetesApi> api) {
    this.config = config;
    this.dataSource = dataSource;
    this.ticker = ticker;
    this.api = api;
  }

  @Override
  public boolean active() {
    return !services().isEmpty();
  }

  /** Waits until every shard has a server. */
  @Override
  public Topology discover(Duration wait) {
    check();
    KubernetesApi client = api.get();
    String namespace = config.namespace().orElseGet(client::namespace);
    LastKnownTopology known = new LastKnownTopology(services(), Credentials.of(dataSource));
    EndpointSliceWatch following = follow(client, namespace, known);
    topology = known;
    watch = following;
    following.start();
    return known
        .await(wait)
        .orElseThrow(() -> unknown(namespace, known.missing(), wait, following.failure()));
  }

  @Override
  public void watch(Consumer<Topology> changes) {
    if (topology != null) {
      topology.listen(changes);
    }
  }

  /** The failure of the last request to the API, or null if it succeeded. */
  @Nullable ApiException failure() {
    return watch == null ? null : watch.failure();
  }

  @PreDestroy
  void stop() {
    if (watch != null) {
      watch.close();
    }
  }

  private EndpointSliceWatch follow(
      KubernetesApi client, String namespace, LastKnownTopology known) {
    ServiceEndpoints endpoints = new ServiceEndpoints(config.port());
    return new EndpointSliceWatch(
        client,
        "/apis/discovery.k8s.io/v1/namespaces/"
            + namespace
            + "/endpointslices?labelSelector="
            + URLEncoder.encode(
                SERVICE_NAME + " in (" + String.join(",", services()) + ")",
                StandardCharsets.UTF_8),
        slices -> known.seen(perService(endpoints, slices)),
        config.resync(),
        ticker);
  }

  private List<List<Endpoint>> perService(
      ServiceEndpoints endpoints, Collection<JsonObject> slices) {
    return services().stream()
        .map(
            service ->
                endpoints.of(
                    slices.stream().filter(slice -> service.equals(serviceOf(slice))).toList()))
        .toList();
  }

  private static @Nullable String serviceOf(JsonObject slice) {
    return slice.getJsonObject("metadata").getJsonObject("labels").getString(SERVICE_NAME);
  }

  private IllegalStateException unknown(
      String namespace, List<String> missing, Duration wait, @Nullable ApiException failure) {
    stop();
    return new IllegalStateException(
        "No endpoints of Service %s in namespace %s within %s: %s"
            .formatted(
                String.join(", ", missing),
                namespace,
                wait,
                failure == null
                    ? "check that it exists and selects pods"
                    : "the Kubernetes API says " + failure.getMessage()),
        failure);
  }

  private List<String> services() {
    return config.services().orElse(List.of());
  }

  private void check() {
    if (new HashSet<>(services()).size() < services().size()) {
      throw new IllegalArgumentException(
          "users.topology.kubernetes.services names a Service twice: "
              + String.join(", ", services()));
    }
  }
}
