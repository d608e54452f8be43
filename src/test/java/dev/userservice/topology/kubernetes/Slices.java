package dev.userservice.topology.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

/** EndpointSlices as the control plane writes them, in the namespace {@code shop}. */
public final class Slices {

  private Slices() {}

  /** A Service's slice of pods that PostgreSQL runs in. */
  public static EndpointSlice of(String name, String service, Endpoint... endpoints) {
    return of(name, service, "IPv4", 5432, endpoints);
  }

  static EndpointSlice of(
      String name, String service, String family, int port, Endpoint... endpoints) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("shop")
        .addToLabels("kubernetes.io/service-name", service)
        .endMetadata()
        .withAddressType(family)
        .addNewPort()
        .withName("postgres")
        .withPort(port)
        .withProtocol("TCP")
        .endPort()
        .withEndpoints(endpoints)
        .build();
  }

  /** A pod that is ready. */
  public static Endpoint ready(String pod, String address) {
    return endpoint(pod, address, true, false);
  }

  static Endpoint endpoint(String pod, String address, boolean serving, boolean terminating) {
    return new EndpointBuilder()
        .withAddresses(address)
        .withNewConditions()
        .withReady(serving && !terminating)
        .withServing(serving)
        .withTerminating(terminating)
        .endConditions()
        .withNewTargetRef()
        .withKind("Pod")
        .withName(pod)
        .withNamespace("shop")
        .endTargetRef()
        .build();
  }
}
