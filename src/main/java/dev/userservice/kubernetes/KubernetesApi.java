package dev.userservice.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;

/** The client of the Kubernetes API. */
public final class KubernetesApi {

  private KubernetesApi() {}

  /** Whether the process runs in a pod. */
  public static boolean inPod() {
    return System.getenv("KUBERNETES_SERVICE_HOST") != null;
  }

  /**
   * The client with a time limit for each request and without its own retries: each caller retries
   * by itself, with jitter, and must see each failure.
   */
  public static KubernetesClient withoutRetries(KubernetesClient client, Duration timeout) {
    return client
        .newClient(
            new RequestConfigBuilder()
                .withRequestTimeout(Math.toIntExact(timeout.toMillis()))
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectLimit(0)
                .build())
        .adapt(NamespacedKubernetesClient.class);
  }
}
