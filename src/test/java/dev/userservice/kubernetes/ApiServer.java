package dev.userservice.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An API server that stores objects and reports their changes, and fails as a test demands. */
public final class ApiServer implements AutoCloseable {

  /** Requests that watch. */
  public static final Predicate<RecordedRequest> WATCH =
      request -> request.getPath().contains("watch=true");

  /** Requests that read and do not watch. */
  public static final Predicate<RecordedRequest> READ = method("GET").and(WATCH.negate());

  /** Requests that create. */
  public static final Predicate<RecordedRequest> CREATE = method("POST");

  /** Requests that replace. */
  public static final Predicate<RecordedRequest> REPLACE = method("PUT");

  private static final String OWNER = "test";
  private static final String STATUS =
      """
      {"kind":"Status","apiVersion":"v1","status":"Failure","code":%d,"reason":"%s","message":"%s"}
      """;

  private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final KubernetesMockServer server;
  private final KubernetesClient owner;
  private final ApiProxy proxy;
  private final Vertx vertx = Vertx.vertx();
  private final KubernetesApi client;

  /** An API server without objects. */
  public ApiServer() {
    Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), responses, new Faulty(responses), false);
    server.init();
    proxy = new ApiProxy(server.getPort());
    owner = clientOf(server.getPort());
    client = clientThrough(proxy);
  }

  /** A client as a pod in the namespace {@code shop} has it. */
  public KubernetesApi client() {
    return client;
  }

  /** A client of another pod, on another way to the API server. */
  public KubernetesApi clientThrough(ApiProxy network) {
    return new KubernetesApi(
        vertx,
        new ApiAccess(
            URI.create("http://127.0.0.1:" + network.port()),
            "shop",
            () -> "",
            Certificates.of(null)));
  }

  /** Another way to the API server, which the caller closes. */
  public ApiProxy anotherNetwork() {
    return new ApiProxy(server.getPort());
  }

  /** A client of another user, without faults and network delays. */
  public KubernetesClient owner() {
    return owner;
  }

  /** What lies between the client and the API server. */
  public ApiProxy network() {
    return proxy;
  }

  /** Keeps an object in the client's namespace, in place of one of the same name. */
  public void put(HasMetadata object) {
    owner.resource(object).inNamespace("shop").createOr(NonDeletingOperation::update);
  }

  /** Removes an object from the client's namespace. */
  public void delete(HasMetadata object) {
    owner.resource(object).inNamespace("shop").delete();
  }

  /** The next requests of this kind are answered so, and not carried out. */
  public void failNext(int times, Predicate<RecordedRequest> kind, MockResponse answer) {
    fault(times, new Fault(kind, carriedOut -> answer, false));
  }

  /** The next requests of this kind are carried out, and answered so much later. */
  public void delayNext(int times, Predicate<RecordedRequest> kind, Duration delay) {
    fault(times, new Fault(kind, carriedOut -> carriedOut.setBodyDelay(delay), true));
  }

  /** Open connections become silent when the next request of this kind arrives. */
  public void silenceAtNext(Predicate<RecordedRequest> kind) {
    fault(
        1,
        new Fault(
            kind,
            answer -> {
              proxy.silenceOpenOnes();
              return answer;
            },
            false));
  }

  /** No failures are to come any more. */
  public void failNoLonger() {
    faults.clear();
  }

  /** The requests of the client of this kind, also those that failed. */
  public List<RecordedRequest> requests(Predicate<RecordedRequest> kind) {
    return requests.stream().map(ApiServer::copy).filter(kind).toList();
  }

  /** How many watches were asked for. */
  public int watches() {
    return requests(WATCH).size();
  }

  /** How many of the failures asked for are still to come. */
  public int faultsLeft() {
    return faults.size();
  }

  /** An answer in the API's own form. */
  public static MockResponse refusal(int code, String reason, String message) {
    return new MockResponse().setResponseCode(code).setBody(status(code, reason, message));
  }

  /** The status object of a failure. */
  public static String status(int code, String reason, String message) {
    return STATUS.formatted(code, reason, message);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    proxy.close();
    owner.close();
    server.destroy();
  }

  private void fault(int times, Fault fault) {
    for (int time = 0; time < times; time++) {
      faults.add(fault);
    }
  }

  private static Predicate<RecordedRequest> method(String name) {
    return request -> request.getMethod().equals(name);
  }

  private static KubernetesClient clientOf(int port) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + port)
            .withNamespace("shop")
            .withUserAgent(OWNER)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  // Reading the body of a request consumes it.
  private static RecordedRequest copy(RecordedRequest request) {
    return new RecordedRequest(
        request.getHttpVersion(),
        request.method(),
        request.getPath(),
        request.getHeaders(),
        new Buffer(request.getBody() == null ? new byte[0] : request.getBody().getBytes()));
  }

  private record Fault(
      Predicate<RecordedRequest> kind, UnaryOperator<MockResponse> answer, boolean carriedOut) {}

  private final class Faulty extends KubernetesMixedDispatcher {

    Faulty(Map<ServerRequest, Queue<ServerResponse>> responses) {
      super(responses);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (OWNER.equals(request.getHeader("User-Agent"))) {
        return super.dispatch(request);
      }
      requests.add(copy(request));
      return faults.stream()
          .filter(fault -> fault.kind().test(request))
          .findFirst()
          .filter(faults::remove)
          .map(fault -> fault.answer().apply(carryOut(fault, request)))
          .orElseGet(() -> super.dispatch(request));
    }

    private MockResponse carryOut(Fault fault, RecordedRequest request) {
      return fault.carriedOut() ? super.dispatch(request) : new MockResponse();
    }
  }
}
