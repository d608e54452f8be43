package dev.userservice.replication;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** An API server that keeps objects and tells their changes, and fails as a test says. */
final class ApiServer implements AutoCloseable {

  /** Requests that list. */
  static final Predicate<String> LIST = path -> !path.contains("watch=true");

  /** Requests that watch. */
  static final Predicate<String> WATCH = path -> path.contains("watch=true");

  private final AtomicInteger watches = new AtomicInteger();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final KubernetesMockServer server;
  private final KubernetesClient owner;
  private final ApiProxy proxy;
  private final KubernetesClient client;

  ApiServer() {
    Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), responses, new Faulty(responses), false);
    server.init();
    proxy = new ApiProxy(server.getPort());
    owner = clientOf(server.getPort());
    client = clientOf(proxy.port());
  }

  /** A client as a pod in the namespace {@code shop} has it. */
  KubernetesClient client() {
    return client;
  }

  ApiProxy network() {
    return proxy;
  }

  void put(EndpointSlice slice) {
    owner
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace("shop")
        .resource(slice)
        .createOr(present -> present.update());
  }

  void delete(String name) {
    owner.discovery().v1().endpointSlices().inNamespace("shop").withName(name).delete();
  }

  /** The next reads of this kind are answered so. */
  void failNext(int times, Predicate<String> kind, MockResponse answer) {
    for (int time = 0; time < times; time++) {
      faults.add(new Fault(kind, answer));
    }
  }

  /** How many watches were asked for. */
  int watches() {
    return watches.get();
  }

  /** How many of the failures asked for are still to come. */
  int faultsLeft() {
    return faults.size();
  }

  @Override
  public void close() {
    client.close();
    proxy.close();
    owner.close();
    server.destroy();
  }

  private static KubernetesClient clientOf(int port) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + port)
            .withNamespace("shop")
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private record Fault(Predicate<String> kind, MockResponse answer) {}

  private final class Faulty extends KubernetesMixedDispatcher {

    Faulty(Map<ServerRequest, Queue<ServerResponse>> responses) {
      super(responses);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String path = request.getPath();
      if (!path.contains("labelSelector")) {
        return super.dispatch(request);
      }
      watches.addAndGet(WATCH.test(path) ? 1 : 0);
      return faults.stream()
          .filter(fault -> fault.kind().test(path))
          .findFirst()
          .filter(faults::remove)
          .map(Fault::answer)
          .orElseGet(() -> super.dispatch(request));
    }
  }
}
