package dev.userservice.routing.stork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.stork.Stork;
import io.smallrye.stork.api.Service;
import io.smallrye.stork.api.ServiceDefinition;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.api.config.ConfigWithType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strategies as Stork finds them itself, before two real HTTP servers. */
final class StorkLoadBalancerTest {

  private record Settings(String type, Map<String, String> parameters) implements ConfigWithType {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, Integer> asked = new HashMap<>();
  private HttpServer one;
  private HttpServer other;

  @BeforeEach
  void start() throws IOException {
    one = server(200);
    other = server(200);
    Stork.initialize();
  }

  @AfterEach
  void stop() {
    one.stop(0);
    other.stop(0);
    Stork.shutdown();
  }

  private static HttpServer server(int status) throws IOException {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anywhere, 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }

  private Service peers(String strategy, Map<String, String> parameters) {
    String list = "localhost:" + port(one) + ",localhost:" + port(other);
    Stork.getInstance()
        .defineIfAbsent(
            "peers",
            ServiceDefinition.of(
                new Settings("static", Map.of("address-list", list)),
                new Settings(strategy, parameters)));
    return Stork.getInstance().getService("peers");
  }

  /** What a client does with Stork for each call. */
  private void call(Service peers) throws InterruptedException {
    ServiceInstance peer =
        peers.selectInstanceAndRecordStart(true).await().atMost(Duration.ofSeconds(5));
    asked.merge(peer.getPort(), 1, Integer::sum);
    URI uri = URI.create("http://localhost:" + peer.getPort() + "/");
    try {
      HttpResponse<Void> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      peer.recordReply();
      peer.recordEnd(
          answer.statusCode() < 500 ? null : new IOException("status " + answer.statusCode()));
    } catch (IOException failure) {
      peer.recordEnd(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random",
        "round-robin",
        "least-response-time",
        "weighted",
        "weighted-least-latency"
      })
  void storkFindsTheStrategiesByName(String strategy) throws Exception {
    Service peers = peers(strategy, Map.of());
    for (int call = 0; call < 40; call++) {
      call(peers);
    }
    assertThat(asked.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
  }

  @Test
  void callsFollowTheWeights() throws Exception {
    Service peers = peers("weighted", Map.of("weights", "localhost:" + port(one) + "=3"));
    for (int call = 0; call < 80; call++) {
      call(peers);
    }
    assertThat(asked).containsEntry(port(one), 60).containsEntry(port(other), 20);
  }

  @Test
  void peerThatAnswersErrorsIsAvoidedEvenIfItIsFast() throws Exception {
    other.removeContext("/");
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    Service peers = peers("weighted-least-latency", Map.of());
    for (int call = 0; call < 300; call++) {
      call(peers);
    }
    assertThat(asked.getOrDefault(port(other), 0)).isLessThan(15);
  }

  @Test
  void malformedParametersAreRefused() {
    assertThatThrownBy(() -> peers("weighted", Map.of("wieghts", "a:1=2")))
        .hasMessageContaining("wieghts");
    assertThatThrownBy(() -> StorkLoader.weights("a:1"))
        .hasMessageContaining("is not server=weight");
    assertThatThrownBy(() -> StorkLoader.weights("a:1=1000")).hasMessageContaining("100");
    assertThat(StorkLoader.weights("a:1=2, b:2=0.5")).containsEntry("b:2", 0.5);
  }
}
