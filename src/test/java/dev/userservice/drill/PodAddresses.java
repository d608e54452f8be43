package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.topology.kubernetes.Slices;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The servers of a cluster at addresses like those of pods, named as CloudNativePG names its pods.
 * The API server refuses loopback addresses in EndpointSlices, so these are addresses of a
 * documentation network (RFC 5737). The loopback interface must have them: {@code .ci/kubernetes}
 * adds them in its own network namespace.
 */
final class PodAddresses implements AutoCloseable {

  private static final String NETWORK = "192.0.2.";
  private static final int PORT = 5432;

  private final Vertx vertx = EventLoops.single();

  private PodAddresses() {}

  /** Listens at an address for each server and forwards to the server. */
  static PodAddresses before(DrillCluster cluster) throws IOException {
    NetworkInterface holder =
        NetworkInterface.getByInetAddress(InetAddress.getByName(NETWORK + "1"));
    assertThat(holder).as("interface with %s1/24; see docs/drills.md", NETWORK).isNotNull();
    assertThat(holder.isLoopback()).as("%s is the loopback interface", holder).isTrue();
    PodAddresses addresses = new PodAddresses();
    for (EmbeddedServer server : cluster.servers().servers()) {
      int pod = server.primary() ? 1 : 2;
      DelayingProxy.before(server.endpoint(), address(server.shard(), pod), PORT, addresses.vertx);
    }
    return addresses;
  }

  /** Both pods of a shard, or the first one only, as the Service of the shard selects them. */
  static EndpointSlice slice(int shard, int pods) {
    String service = "users-shard-" + shard + "-r";
    List<Endpoint> endpoints =
        IntStream.rangeClosed(1, pods)
            .mapToObj(pod -> Slices.ready(pod(shard, pod), address(shard, pod)))
            .toList();
    return Slices.of(service + "-a", service, endpoints.toArray(Endpoint[]::new));
  }

  /** The name of a pod, counted from 1. */
  static String pod(int shard, int pod) {
    return "users-shard-" + shard + "-" + pod;
  }

  @Override
  public void close() {
    EventLoops.await(vertx.close(), Duration.ofSeconds(10));
  }

  private static String address(int shard, int pod) {
    return NETWORK + (10 * (shard + 1) + pod);
  }
}
