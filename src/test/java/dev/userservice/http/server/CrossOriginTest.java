package dev.userservice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told about the pages of each origin, through a server of Vert.x. */
final class CrossOriginTest {

  private static final String NAMED = "https://app.example.com";
  private static final String OTHER = "https://evil.example.com";

  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void letTheClientSendOrigins() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
  void aPageOfANamedOriginMayUseEachMethod(String method) throws Exception {
    HttpResponse<String> answer = preflight(serving(Set.of(NAMED)), NAMED, method);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(NAMED);
    assertThat(answer.headers().firstValue("access-control-allow-methods").orElseThrow())
        .contains(method);
    assertThat(answer.headers().firstValue("access-control-allow-headers").orElseThrow())
        .contains("If-Match", "Idempotency-Key", "Consistency-Token", "Content-Type");
  }

  @Test
  void theAnswersHeadersAreShownToThePage() throws Exception {
    HttpResponse<String> answer = get(serving(Set.of(NAMED)), NAMED);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(NAMED);
    assertThat(answer.headers().firstValue("access-control-expose-headers").orElseThrow())
        .contains("ETag", "Location", "Link", "Consistency-Token", "Served-By", "Retry-After");
    assertThat(answer.headers().allValues("vary").toString()).containsIgnoringCase("origin");
  }

  @Test
  void aPageOfAnotherOriginIsAnsweredAsWithoutIt() throws Exception {
    URI address = serving(Set.of(NAMED));
    assertThat(get(address, OTHER).statusCode()).isEqualTo(200);
    assertThat(get(address, OTHER).headers().allValues("vary").toString()).contains("origin");
    for (HttpResponse<String> answer :
        List.of(get(address, OTHER), preflight(address, OTHER, "PUT"))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @Test
  void aStarStandsForAllOrigins() throws Exception {
    HttpResponse<String> answer = get(serving(Set.of("*")), OTHER);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
  }

  @Test
  void withoutAnOriginNoHeaderAppears() throws Exception {
    URI address = serving(Set.of());
    for (HttpResponse<String> answer :
        List.of(get(address, NAMED), preflight(address, NAMED, "PUT"))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-") || name.equals("vary"));
    }
  }

  private URI serving(Set<String> origins) {
    Router router = Router.router(vertx);
    new CrossOrigin(() -> origins.isEmpty() ? Optional.empty() : Optional.of(origins))
        .install(router);
    router.route().handler(context -> context.end("answer"));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/users/7");
  }

  private static HttpResponse<String> get(URI address, String origin)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address).header("Origin", origin).build());
  }

  private static HttpResponse<String> preflight(URI address, String origin, String method)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address)
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "if-match,content-type")
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
