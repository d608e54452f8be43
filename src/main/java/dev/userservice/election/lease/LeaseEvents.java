package dev.userservice.election.lease;

import dev.userservice.kubernetes.ApiException;
import dev.userservice.kubernetes.KubernetesApi;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Writes a Kubernetes Event about the Lease when its holder changes. For people only: a failure has
 * no effect.
 */
public final class LeaseEvents {

  private static final Logger LOG = Logger.getLogger(LeaseEvents.class);

  private final KubernetesApi api;
  private final String namespace;
  private final String lease;
  private final String identity;
  private final Duration limit;

  /**
   * Writes no Event yet.
   *
   * @param limit of a request to the API
   */
  public LeaseEvents(
      KubernetesApi api, String namespace, String lease, String identity, Duration limit) {
    this.api = api;
    this.namespace = namespace;
    this.lease = lease;
    this.identity = identity;
    this.limit = limit;
  }

  /** Writes one Event. Blocks until the API server answers. */
  public void write(String note) {
    try {
      api.create("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events", event(note), limit);
    } catch (ApiException refused) {
      LOG.debug("An Event about the Lease was not written", refused);
    }
  }

  private JsonObject event(String note) {
    return new JsonObject()
        .put("apiVersion", "events.k8s.io/v1")
        .put("kind", "Event")
        .put(
            "metadata",
            new JsonObject().put("generateName", lease + "-").put("namespace", namespace))
        .put("eventTime", MicroTime.of(Instant.now()))
        .put("reportingController", "user-service.dev/election")
        .put("reportingInstance", identity)
        .put("action", "LeaderElection")
        .put("reason", "LeaderElection")
        .put("type", "Normal")
        .put("note", note)
        .put(
            "regarding",
            new JsonObject()
                .put("apiVersion", "coordination.k8s.io/v1")
                .put("kind", "Lease")
                .put("name", lease)
                .put("namespace", namespace));
  }
}
