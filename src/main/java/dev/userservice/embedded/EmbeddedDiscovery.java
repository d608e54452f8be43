package dev.userservice.embedded;

import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.topology.EndpointDiscovery;
import dev.userservice.topology.Topology;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Starts the embedded cluster and returns its servers. */
@ApplicationScoped
class EmbeddedDiscovery implements EndpointDiscovery {

  private final EmbeddedConfig config;
  private @Nullable EmbeddedCluster cluster;

  EmbeddedDiscovery(EmbeddedConfig config) {
    this.config = config;
  }

  @Override
  public boolean active() {
    return config.enabled().orElseGet(() -> !topologyConfigured() && !KubernetesApi.inPod());
  }

  @Override
  public synchronized Topology discover(Duration wait) {
    if (cluster == null) {
      cluster = EmbeddedCluster.start(EmbeddedSettings.of(config));
    }
    return cluster.topology();
  }

  // Beans are destroyed after the HTTP server has stopped; a ShutdownEvent comes before that.
  @PreDestroy
  synchronized void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static boolean topologyConfigured() {
    return StreamSupport.stream(ConfigProvider.getConfig().getPropertyNames().spliterator(), false)
        .anyMatch(
            name ->
                name.startsWith("users.topology.shards")
                    || name.startsWith("users.topology.kubernetes.services"));
  }
}
