package dev.userservice.election.lease;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jboss.logging.Logger;

/**
 * Writes a Kubernetes Event about the Lease when its holder changes. For people only: a failure has
 * no effect.
 */
public final class LeaseEvents {

  private static final Logger LOG = Logger.getLogger(LeaseEvents.class);

  // The API takes exactly six digits.
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String namespace;
  private final String lease;
  private final String identity;

  public LeaseEvents(KubernetesClient client, String namespace, String lease, String identity) {
    this.client = client;
    this.namespace = namespace;
    this.lease = lease;
    this.identity = identity;
  }

  /** Writes one Event. Blocks until the API server answers. */
  public void write(String note) {
    try {
      client.events().v1().events().inNamespace(namespace).resource(event(note)).create();
    } catch (KubernetesClientException refused) {
      LOG.debug("An Event about the Lease was not written", refused);
    }
  }

  private Event event(String note) {
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(lease + "-")
        .withNamespace(namespace)
        .endMetadata()
        .withEventTime(new MicroTime(MICROSECONDS.format(Instant.now())))
        .withReportingController("user-service.dev/election")
        .withReportingInstance(identity)
        .withAction("LeaderElection")
        .withReason("LeaderElection")
        .withType("Normal")
        .withNote(note)
        .withNewRegarding()
        .withApiVersion("coordination.k8s.io/v1")
        .withKind("Lease")
        .withName(lease)
        .withNamespace(namespace)
        .endRegarding()
        .build();
  }
}
